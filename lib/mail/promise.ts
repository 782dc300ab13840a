import { inArray, sql } from 'drizzle-orm'
import type { MailKind } from '#emails/index'
import type { Database } from '#lib/db/connection'
import { WORKER_SEEN } from '#lib/db/health'
import { ACKNOWLEDGEMENTS } from '#lib/mail/allowance'

/**
 * What becomes of a mail to a visitor, for the pages: they promise only this. `delayed`: the mail server or the worker is
 * away, or the server has put it off. `doubtful`: a cap is reached, and no page may tell whether this mailbox is exempt.
 * `flagged`: waits for a press of the button. `held`: waits for support. `withheld`: a limit, or the address
 * asked for no mail; which one is not said, because anybody can type anybody's address.
 */
export type MailFate =
  | 'none'
  | 'coming'
  | 'sent'
  | 'delayed'
  | 'doubtful'
  | 'flagged'
  | 'held'
  | 'withheld'
  | 'failed'

/** `earlier`: a mail of these kinds was sent before the latest one. */
export type MailPromise = { fate: MailFate; earlier: boolean }

/** The worker starts together with the site, and may write its first heartbeat this much later. */
const START_SECONDS = 15

type Row = {
  state: string
  attempts: number
  capped: boolean
  verdict: string
  away: boolean
  earlier: boolean
}

/** The fate of the latest mail of these kinds about a submission; of the first one in another order. */
export async function readMailPromise(
  db: Pick<Database, 'execute'>,
  submissionId: string,
  kinds: MailKind[] = ACKNOWLEDGEMENTS,
  order = sql`m.created_at desc`,
): Promise<MailPromise> {
  const { rows } = await db.execute<Row>(sql`
    select m.state, m.attempts, m.data ? 'capped' as capped, s.verdict,
      exists (select from mail_server_state where state <> 'ok')
        or not (${WORKER_SEEN} or ${process.uptime() < START_SECONDS}) as away,
      exists (select from mails e where e.submission_id = s.id and e.kind = m.kind and e.id <> m.id and e.state = 'sent') as earlier
    from mails m join submissions s on s.id = m.submission_id
    where s.id = ${submissionId} and ${inArray(sql`m.kind`, kinds)} order by ${order} limit 1`)
  const [row] = rows
  return row ? { fate: fateOf(row), earlier: row.earlier } : { fate: 'none', earlier: false }
}

/**
 * A mail that was withheld or failed does not undo one with the way in. A mail sent before the newest link came has not got
 * it.
 */
const WITH_LINK_FIRST = sql`(m.state in ('queued', 'sending', 'sent') and coalesce(m.sent_at, 'infinity') >= coalesce(
  (select max(at) from events e where e.submission_id = s.id and e.kind = 'account-ready'), '-infinity')) desc, m.created_at desc`

/** What becomes of the mail that tells how to sign in to a trial. */
export function readAccountMail(db: Pick<Database, 'execute'>, submissionId: string): Promise<MailPromise> {
  return readMailPromise(db, submissionId, ['trial-welcome', 'trial-access'], WITH_LINK_FIRST)
}

function fateOf({ state, attempts, capped, verdict, away }: Row): MailFate {
  if (state === 'held') return verdict === 'held' ? 'held' : 'flagged'
  if (capped) return 'doubtful'
  if (state === 'suppressed') return 'withheld'
  if (state === 'sent') return 'sent'
  if (state === 'queued' || state === 'sending')
    return away || (state === 'queued' && attempts > 0) ? 'delayed' : 'coming'
  return 'failed'
}
