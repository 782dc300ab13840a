import { eq } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { leads, trials } from '#lib/db/schema'
import { isRunning } from '#lib/db/trial-states'
import { grantMail, WITHHELD } from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import { storeWithheld } from '#lib/trials/resend'

/**
 * Mails the sign-in link of a running trial to its address, for a visitor whose browser has not proved the mailbox. Counts
 * against the mailbox's daily limit of confirmations (`lib/mail/allowance.ts`); beyond a limit, no mail is sent, and the row says
 * so for the page.
 * @param network pseudonym of the visitor's network
 */
export async function mailSignInLink(trialId: string, network: string): Promise<void> {
  await database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (!trial || !isRunning(trial.state)) return
    const { leadId, submissionId } = trial
    const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
    if (!lead) return
    const config = readConfig()
    const mail = plan('trial-access', lead.email, config, { data: { asked: true } })
    const request = { email: lead.email, kind: mail.kind, network }
    const { refused } = await grantMail(tx, leadId, request, config)
    const owner = { leadId, submissionId, trialId }
    if (refused) await storeWithheld(tx, { ...mail, data: {} }, owner, WITHHELD[refused])
    else await queueMails(tx, [mail], owner)
  })
}
