import { eq, type SQL, sql } from 'drizzle-orm'
import { type Database, database } from '#lib/db/connection'
import { leads } from '#lib/db/schema'
import { mailboxKey } from '#lib/mail/allowance'
import type { Transaction, TrialRow } from '#lib/trials/ledger'

/** How often one code may be typed wrongly before a new mail is needed. */
export const CODE_TRIES = 5
/** How often codes may be typed for one mailbox in 24 hours, right or wrong, over all its requests and mails. */
export const MAILBOX_TRIES = 10
/** How often codes may be typed from one network in an hour. An office behind one address must not meet it. */
export const NETWORK_TRIES = 30

const NOW_MS = sql`(extract(epoch from now()) * 1000)::bigint`

/** `mailbox`, `network`: so many tries were made that this one is not compared. */
export type TryAnswer = { left: number } | { refused: 'mailbox' | 'network' }

/**
 * Counts a try before it is compared, in the caller's transaction: each row is locked from here to its end, so that any
 * number of tries at once, in any number of processes, is counted exactly.
 * @param network pseudonym of the visitor's network; undefined where networks are not limited
 */
export async function countTry(
  tx: Transaction,
  trial: TrialRow,
  network: string | undefined,
): Promise<TryAnswer> {
  // The network first: a try that is not compared must not use up the mailbox's. Always in this order: no deadlock.
  const byNetwork = network ? await count(tx, `code-network:${network}`, sql`interval '1 hour'`) : 0
  if (byNetwork > NETWORK_TRIES) return { refused: 'network' }
  const byMailbox = await count(tx, await counterOf(tx, trial.leadId), sql`interval '24 hours'`)
  if (byMailbox > MAILBOX_TRIES) return { refused: 'mailbox' }
  return { left: MAILBOX_TRIES - byMailbox }
}

/** Whether a code can be typed for a trial now; if not, what has used up its tries: its mail's code, or its mailbox. */
export async function readTries(
  trial: Pick<TrialRow, 'leadId' | 'codeTries'>,
): Promise<'open' | 'code' | 'mailbox'> {
  const key = await counterOf(database(), trial.leadId)
  const { rows } = await database().execute<{ points: number }>(sql`
    select points from rate_limits where key = ${key} and expire > ${NOW_MS}`)
  if ((rows[0]?.points ?? 0) >= MAILBOX_TRIES) return 'mailbox'
  return trial.codeTries >= CODE_TRIES ? 'code' : 'open'
}

/** The tries under a key in the window that its first one opened, this one included. By the database's clock. */
async function count(tx: Transaction, key: string, window: SQL): Promise<number> {
  const ends = sql`${NOW_MS} + (extract(epoch from ${window}) * 1000)::bigint`
  const { rows } = await tx.execute<{ points: number }>(sql`
    insert into rate_limits as counter (key, points, expire) values (${key}, 1, ${ends})
    on conflict (key) do update set
      points = case when counter.expire <= ${NOW_MS} then 1 else counter.points + 1 end,
      expire = case when counter.expire <= ${NOW_MS} then excluded.expire else counter.expire end
    returning points`)
  return rows[0]?.points ?? Number.POSITIVE_INFINITY
}

/** One key for each mailbox, whatever tags its addresses have; the address can't be read back from it. */
async function counterOf(db: Pick<Database, 'select'>, leadId: string): Promise<string> {
  const [lead] = await db.select().from(leads).where(eq(leads.id, leadId))
  if (!lead) throw new Error('a trial without its lead')
  return `code-mailbox:${mailboxKey(lead.emailCanonical)}`
}
