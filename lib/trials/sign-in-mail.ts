import { eq } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { leads, trials } from '#lib/db/schema'
import { isRunning } from '#lib/db/trial-states'
import { grantMail } from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'

/**
 * Mails the sign-in link of a running trial to its address, for a visitor whose browser has not proved the mailbox. Counts
 * against the mailbox's daily limit (`lib/mail/allowance.ts`); beyond the limit, no mail is sent.
 */
export async function mailSignInLink(trialId: string): Promise<void> {
  await database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (!trial || !isRunning(trial.state)) return
    const { leadId, submissionId } = trial
    const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
    if (!lead) return
    const config = readConfig()
    const { refused } = await grantMail(tx, leadId, { email: lead.email }, config)
    if (refused) return
    const mail = plan('trial-access', lead.email, config, { data: { asked: true } })
    await queueMails(tx, [mail], { leadId, submissionId, trialId })
  })
}
