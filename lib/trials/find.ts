import { and, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions, trials } from '#lib/db/schema'
import { RUNNING_STATES } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { readTrialId } from '#lib/leads/trial-token'
import { daysFromAccess } from '#lib/trials/access'
import { accountOfTrial } from '#lib/trials/account'

/** A trial as its pages show it. Times in UTC. */
export type Trial = NonNullable<Awaited<ReturnType<typeof select>>>

/**
 * The trial of a confirmation link or, if the person has another trial that started, that one. Read-only, because link
 * scanners open the link before the person does.
 */
export async function findTrial(token: string): Promise<Trial | undefined> {
  const trialId = readTrialId(token)
  if (!trialId) return undefined
  const trial = await select(eq(trials.id, trialId))
  if (!trial || trial.startsAt) return trial
  // The link proves access to the mailbox, so its holder may see that a trial of this mailbox has started.
  const started = await select(and(eq(trials.leadId, trial.leadId), isNotNull(trials.startsAt)))
  if (started) return started
  if (trial.status === 'unconfirmed' && trial.tokenHash !== hashToken(token))
    return { ...trial, status: 'replaced' }
  return trial
}

/** The trial of a visitor's own submission. Never found by lead: anybody can type any address. */
export async function findTrialOf(submissionId: string | undefined): Promise<Trial | undefined> {
  return submissionId === undefined ? undefined : select(eq(trials.submissionId, submissionId))
}

async function select(condition: SQL | undefined) {
  const [row] = await database()
    .select({
      trial: trials,
      reference: submissions.reference,
      account: accountOfTrial,
      stale: sql<boolean>`${trials.tokenExpiresAt} <= now() or ${trials.tokenUsedAt} is not null`,
    })
    .from(trials)
    .innerJoin(submissions, eq(submissions.id, trials.submissionId))
    .where(condition)
    .orderBy(desc(inArray(trials.state, [...RUNNING_STATES])), desc(trials.endsAt))
    .limit(1)
  if (!row) return undefined
  const { trial, reference, account, stale } = row
  return {
    ...trial,
    reference,
    account,
    status: statusOf(trial, stale),
    /** The request is a correction, which can't be corrected again. */
    corrected: trial.corrects !== null,
    startsAt: trial.startsAt ?? undefined,
    endsAt: trial.endsAt ?? undefined,
    accessAt: trial.accessAt ?? undefined,
    /** The days that count once the person can sign in; `endsAt` is the earliest end until then. Else undefined. */
    daysFromAccess: daysFromAccess(trial),
    timeZone: trial.timeZone ?? undefined,
    loginUrl: trial.loginUrl ?? undefined,
  }
}

/** Status of the link. `unconfirmed`: it can be used. `expired`: too old or used. `replaced`: there is a newer one. */
type Status = 'unconfirmed' | 'confirmed' | 'expired' | 'replaced' | 'cancelled'

function statusOf({ state, startsAt }: typeof trials.$inferSelect, stale: boolean): Status {
  if (startsAt) return 'confirmed'
  if (state === 'cancelled') return 'cancelled'
  return state === 'requested' && !stale ? 'unconfirmed' : 'expired'
}
