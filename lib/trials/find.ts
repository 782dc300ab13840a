import { and, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions, trials } from '#lib/db/schema'
import { RUNNING_STATES, type TrialState } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { readTrialId } from '#lib/leads/trial-token'
import { type Account, accountOfTrial } from '#lib/trials/account'

/** A trial as its pages show it. Times in UTC. */
export type Trial = {
  id: string
  leadId: string
  submissionId: string
  /** `expired` and `replaced` speak of the link: it ran out or was used; a newer one took its place. */
  status: 'waiting' | 'confirmed' | 'expired' | 'replaced' | 'cancelled'
  state: TrialState
  days: number
  requestedAt: Date
  startsAt?: Date
  endsAt?: Date
  /** IANA name of the time zone of whoever confirmed it, where script told it. */
  timeZone?: string
  account: Account
  loginUrl?: string
  reference: string
  /** Wrong tries of the code in the latest mail. */
  codeTries: number
  /** It was requested with a corrected address: that is possible once. */
  corrected: boolean
}

/**
 * The trial that a confirmation link belongs to; where the person has another one that started, that one.
 * Changes nothing: link scanners come here first.
 */
export async function findTrial(token: string): Promise<Trial | undefined> {
  const trialId = readTrialId(token)
  if (!trialId) return undefined
  const trial = await select(eq(trials.id, trialId))
  if (!trial || trial.startsAt) return trial
  // Whoever holds a link from the mailbox may know that a trial of this mailbox has started, and nothing else of it.
  const started = await select(and(eq(trials.leadId, trial.leadId), isNotNull(trials.startsAt)))
  if (started) return started
  if (trial.status === 'waiting' && trial.tokenHash !== hashToken(token))
    return { ...trial, status: 'replaced' }
  return trial
}

/**
 * The trial that a visitor's own submission asked for. Never by person: anybody can type somebody
 * else's address, and must not come by that person's trial.
 */
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
  const { id, leadId, submissionId, state, days, requestedAt, tokenHash, codeTries } = trial
  return {
    ...{ id, leadId, submissionId, state, days, requestedAt, reference, account, tokenHash, codeTries },
    status: statusOf(trial, stale),
    corrected: trial.corrects !== null,
    startsAt: trial.startsAt ?? undefined,
    endsAt: trial.endsAt ?? undefined,
    timeZone: trial.timeZone ?? undefined,
    loginUrl: trial.loginUrl ?? undefined,
  } satisfies Trial & { tokenHash: string }
}

function statusOf({ state, startsAt }: typeof trials.$inferSelect, stale: boolean): Trial['status'] {
  if (startsAt) return 'confirmed'
  if (state === 'cancelled') return 'cancelled'
  return state === 'requested' && !stale ? 'waiting' : 'expired'
}
