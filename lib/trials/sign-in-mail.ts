import { eq } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { leads, trials } from '#lib/db/schema'
import { grantMail } from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import { isRunning } from '#lib/trials/find'

/**
 * Mails the way into a running trial to its own address: for whoever has a link that was used, or confirmed the trial in
 * another browser. Counted as one of the address's three mails in 24 hours; where they are used up, none is sent.
 */
export async function mailSignIn(trialId: string): Promise<void> {
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
