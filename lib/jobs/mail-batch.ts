import { getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'
import type { MailOutcome } from '#lib/jobs/mail-outcomes'
import { readLetter } from '#lib/letters/letter'
import { readSubjects } from '#lib/letters/subject'
import { findReasonsToWithhold } from '#lib/letters/withhold'
import { log } from '#lib/log'
import { compose } from '#lib/mail/compose'
import { QueryFailed } from '#lib/postgres-error'

/** A claimed row of `mails`, and its age in seconds by the database's clock. */
export type ClaimedMail = typeof mails.$inferSelect & { age: number }
/** A mail that can be sent, with the attempt recorded for it. */
export type ReadyMail = { mail: ClaimedMail; raw: Buffer; attempt: string }
type Composed = { mail: ClaimedMail; raw: Buffer; codeIssue: number | null }
type Prepared = { ready: ReadyMail[]; ended: MailOutcome[] }

/**
 * Composes claimed mails that have no bytes yet, stores the bytes, and records an attempt for each before it is sent, so
 * that a crash leaves a trace. `ended`: mails that are not sent, because they must be withheld or can't be composed.
 * Queries are for the whole batch, except those that read a trial's letter or a digest.
 * @throws {QueryFailed} for a database fault, which is not a failure of any mail
 */
export async function prepareMails(
  db: Database,
  ids: string[],
  worker: string,
  config: Config,
): Promise<Prepared> {
  const age = sql<number>`extract(epoch from now() - ${mails.createdAt})::float8`
  const columns = { ...getTableColumns(mails), age }
  const rows: ClaimedMail[] = await db.select(columns).from(mails).where(inArray(mails.id, ids))
  const withheld = await findReasonsToWithhold(db, ids)
  const wanted = rows.filter(({ id }) => !withheld.has(id))
  const { composed, failed } = await composeAll(db, wanted, config)
  const suppressed = rows.flatMap((mail): MailOutcome[] => {
    const reply = withheld.get(mail.id)
    return reply ? [{ mail, state: 'suppressed', reply }] : []
  })
  const ready = await recordAttempts(db, composed, worker)
  return { ready, ended: [...suppressed, ...failed] }
}

/** Composes each mail. One that can't be composed fails alone. */
async function composeAll(db: Database, rows: ClaimedMail[], config: Config) {
  const composed: Composed[] = []
  const failed: MailOutcome[] = []
  const fresh = rows.filter(({ raw }) => !raw)
  const subjects = await readSubjects(db, fresh)
  for (const mail of rows) {
    try {
      if (mail.raw) {
        composed.push({ mail, raw: mail.raw, codeIssue: mail.codeIssue })
        continue
      }
      const letter = await readLetter(db, mail, config, subjects.get(mail.id))
      composed.push({ mail, raw: await compose(letter, config), codeIssue: letter.codeIssue ?? null })
    } catch (error) {
      if (error instanceof QueryFailed) throw error
      log.error({ err: error, mail: mail.id, kind: mail.kind }, 'a mail could not be composed')
      failed.push({ mail, state: 'failed', reply: `could not be composed: ${(error as Error).message}` })
    }
  }
  return { composed, failed }
}

/** Skips mails that are no longer this worker's: another one may have claimed them after the lease. */
async function recordAttempts(db: Database, composed: Composed[], worker: string): Promise<ReadyMail[]> {
  if (composed.length === 0) return []
  const { rows } = await db.execute<{ mail: string; attempt: string }>(sql`
    with made as (
      update mails m set raw = c.raw, code_issue = c.issue, attempts = attempts + 1
      from unnest(${sql.param(composed.map(({ mail }) => mail.id))}::uuid[],
        ${sql.param(composed.map(({ raw }) => raw))}::bytea[],
        ${sql.param(composed.map(({ codeIssue }) => codeIssue))}::int[]) as c(id, raw, issue)
      where m.id = c.id and m.state = 'sending' and m.worker = ${worker}
      returning m.id
    )
    insert into mail_attempts (mail_id) select id from made returning mail_id as mail, id as attempt`)
  const attempts = new Map(rows.map(({ mail, attempt }) => [mail, attempt]))
  return composed.flatMap(({ mail, raw }) => {
    const attempt = attempts.get(mail.id)
    return attempt ? [{ mail: { ...mail, attempts: mail.attempts + 1 }, raw, attempt }] : []
  })
}
