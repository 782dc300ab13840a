import { type SQL, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { type LockedTrial, lockQuery } from '#lib/trials/lock'
import type { Transaction, TrialRow } from '#lib/trials/transitions'

/** Wrong tries of one code before a new mail is needed. */
export const CODE_TRIES = 5
/** Tries for one mailbox in 24 hours, right or wrong, over all its requests and mails. */
export const MAILBOX_TRIES = 10
/** Tries from one network in an hour: enough for an office behind one address. */
export const NETWORK_TRIES = 30

const NOW_MS = sql`(extract(epoch from now()) * 1000)::bigint`

/** The tries in the current window, including this one; null if it was not counted. */
type CodeTries = { networkTries: number | null; mailboxTries: number | null }

/**
 * Locks a trial and its lead, and counts a try before its code is compared, in the caller's transaction. Both counters stay
 * locked until its end, so that concurrent tries, in any number of processes, are counted exactly. The network is counted
 * first: a try that is refused for its network must not use up the mailbox's tries.
 * @param network pseudonym of the visitor's network; undefined where networks are not limited
 * @param comparable whether the typed text can be a code; other text is not counted
 */
export async function lockAndCountTry(
  tx: Transaction,
  submissionId: string,
  network: string | undefined,
  comparable: boolean,
): Promise<(LockedTrial & CodeTries) | undefined> {
  const counts = sql`${comparable}::boolean and usable and "codeTries" < ${CODE_TRIES}`
  const ofNetwork = sql`${counts} and ${network ?? null}::text is not null`
  const ofMailbox = sql`${counts} and coalesce((select points from network), 0) <= ${NETWORK_TRIES}`
  const { rows } = await tx.execute<LockedTrial & CodeTries>(sql`
    with trial as (${lockQuery(sql`t.submission_id = ${submissionId}`)}),
    network as (${count(sql`'code-network:' || ${network ?? null}::text`, sql`interval '1 hour'`, ofNetwork)}),
    mailbox as (${count(sql`'code-mailbox:' || "mailboxKey"`, sql`interval '24 hours'`, ofMailbox)})
    select trial.*, (select points from network) as "networkTries", (select points from mailbox) as "mailboxTries"
    from trial`)
  return rows[0]
}

/** Increments a counter, by the database's clock; the first try opens its window. */
function count(key: SQL, window: SQL, condition: SQL): SQL {
  return sql`
    insert into rate_limits as counter (key, points, expire)
    select ${key}, 1, ${NOW_MS} + (extract(epoch from ${window}) * 1000)::bigint from trial where ${condition}
    on conflict (key) do update set
      points = case when counter.expire <= ${NOW_MS} then 1 else counter.points + 1 end,
      expire = case when counter.expire <= ${NOW_MS} then excluded.expire else counter.expire end
    returning points`
}

/** Whether a code can be typed for a trial now; if not, whose tries are exhausted: the code's or the mailbox's. */
export async function readTries(trial: Pick<TrialRow, 'id' | 'codeTries'>) {
  const { rows } = await database().execute<{ points: number }>(sql`
    select points from rate_limits
    where key = (select 'code-mailbox:' || mailbox_key from trials where id = ${trial.id}) and expire > ${NOW_MS}`)
  if ((rows[0]?.points ?? 0) >= MAILBOX_TRIES) return 'mailbox'
  return trial.codeTries >= CODE_TRIES ? 'code' : 'open'
}
