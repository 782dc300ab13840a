import { eq, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { leads, type webhooks } from '#lib/db/schema'
import { isRunning, type TrialCause } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { recordEvents } from '#lib/leads/record-events'
import { queueMails, sendNow } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import { grantAccess, type Transaction, type TrialRow } from '#lib/trials/transitions'

const DAY_MS = 86_400_000

/** Whether the person can't sign in yet. Its days do not count meanwhile, so its end is the earliest possible one. */
export function awaitsAccess({
  state,
  accessAt,
}: Pick<TrialRow, 'state'> & { accessAt?: Date | null }): boolean {
  return isRunning(state) && !accessAt
}

/** The days that a trial which awaits access has from then on; undefined for any other trial. */
export function daysFromAccess(
  trial: Parameters<typeof awaitsAccess>[0] & { startsAt?: Date | null; endsAt?: Date | null },
): number | undefined {
  const { startsAt, endsAt } = trial
  if (!startsAt || !endsAt || !awaitsAccess(trial)) return undefined
  return Math.round((endsAt.getTime() - startsAt.getTime()) / DAY_MS)
}

type Owner = Pick<TrialRow, 'leadId' | 'submissionId'> & { trialId: string }

/**
 * Stores the product's answer to `trial.confirmed`. The welcome goes out now, with the sign-in link if there is one.
 */
export async function storeProductAnswer(
  tx: Transaction,
  { trialId, leadId, submissionId }: typeof webhooks.$inferSelect,
  loginUrl: string | undefined,
): Promise<void> {
  if (!trialId || !leadId || !submissionId) return
  if (loginUrl) await giveAccess(tx, { trialId, leadId, submissionId }, 'product', loginUrl)
  else await sendNow(tx, trialId, 'trial-welcome')
}

/**
 * The person can sign in: stores that and the sign-in link, and lets the trial's days count. Way in and dates are mailed
 * with the welcome, or in a mail of their own if the welcome was composed before. Does nothing where nothing is new.
 * @throws {OrderRefused} if the trial has not started
 */
export async function giveAccess(
  tx: Transaction,
  owner: Owner,
  cause: TrialCause,
  loginUrl?: string,
): Promise<void> {
  const { trialId, leadId, submissionId } = owner
  const first = await grantAccess(tx, trialId, cause)
  const isNewLink = loginUrl !== undefined && (await storeLoginUrl(tx, trialId, loginUrl))
  const inWelcome = await sendNow(tx, trialId, 'trial-welcome')
  if (!first && !isNewLink) return
  const data = { trial: trialId, cause }
  await recordEvents(tx, [{ leadId, submissionId, kind: 'account-ready', data }])
  if (inWelcome) return
  const [lead] = await tx.select({ email: leads.email }).from(leads).where(eq(leads.id, leadId))
  // `due` makes the mail unique by link: a replay with another link sends another mail.
  const due = `ready/${hashToken(loginUrl ?? '').slice(0, 12)}`
  const mail = plan('trial-access', lead?.email ?? '', readConfig(), { data: { due } })
  await queueMails(tx, [mail], owner)
}

async function storeLoginUrl(tx: Transaction, trialId: string, loginUrl: string): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update trials set login_url = ${loginUrl} where id = ${trialId} and login_url is distinct from ${loginUrl}`)
  return rowCount === 1
}
