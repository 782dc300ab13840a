import { and, asc, eq, sql } from 'drizzle-orm'
import { oneLine } from '#emails/invisible-characters'
import type { NoticeDigestProps } from '#emails/notice-digest'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mails, submissions } from '#lib/db/schema'
import { answersOf, identify, type StoredFields } from '#lib/forms/answers'
import type { FieldKind } from '#lib/forms/fields'
import { forms } from '#lib/forms/forms'
import { warningsOf } from '#lib/letters/notice-letter'
import type { MailRow } from '#lib/letters/subject'
import { withheldReason } from '#lib/mail/allowance'
import { mailSite } from '#lib/mail/mail-site'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'

/** More submissions in one digest would exceed the 102 kB at which Gmail cuts a mail off. */
const MAX_ENTRIES = 100
const MAX_MESSAGE_LENGTH = 150

/**
 * Queues digests for each support address whose oldest folded notice has waited ten minutes, with 100 notices each. A
 * notice that is stored meanwhile goes into a later digest. Notices and digests are linked in one transaction, so that a
 * crash leaves each notice in exactly one digest.
 */
export async function queueDigests(db: Database, config: Config): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trackstat digest'))`)
    const { rows } = await tx.execute<{ recipient: string; waiting: number }>(sql`
      select recipient, count(*)::int as waiting from mails where folded and digest_id is null
      group by recipient having min(created_at) <= now() - interval '10 minutes'`)
    for (const { recipient, waiting } of rows)
      for (let left = waiting; left > 0; left -= MAX_ENTRIES) {
        const digest = plan('notice-digest', recipient, config, { priority: 4 })
        await queueMails(tx, [digest])
        await tx.execute(sql`
          update mails set digest_id = ${digest.id} where id in (
            select id from mails where folded and digest_id is null and recipient = ${recipient}
            order by created_at, id limit ${MAX_ENTRIES})`)
      }
  })
}

const IS_HELD = eq(submissions.verdict, 'held')

/**
 * Queues a digest of the submissions that were held as spam since the last one, for each support address; none where nothing
 * was. Their notices are linked to it, like folded ones, but still wait until support releases them.
 */
export async function queueSpamDigest(db: Database, config: Config): Promise<void> {
  const digests = config.supportEmails.map((to) => plan('spam-digest', to, config, { priority: 4 }))
  await db.transaction(async (tx) => {
    for (const digest of digests) {
      const { rowCount } = await tx.execute(sql`
        update mails set digest_id = ${digest.id} from ${submissions}
        where ${IS_HELD} and mails.submission_id = ${submissions.id} and mails.kind = 'support-notice'
          and mails.recipient = ${digest.recipient} and mails.digest_id is null`)
      if (rowCount) await queueMails(tx, [digest])
    }
  })
}

/** The contents of a digest, from the database as it is now: without persons erased meanwhile. */
export async function readDigest(db: Database, mail: MailRow, config: Config): Promise<NoticeDigestProps> {
  const rows = await db
    .select({ submission: submissions, withheld: withheldReason(submissions.id) })
    .from(mails)
    .innerJoin(submissions, eq(submissions.id, mails.submissionId))
    .where(and(eq(mails.digestId, digestOf(mail)), mail.kind === 'spam-digest' ? IS_HELD : undefined))
    .orderBy(asc(mails.createdAt), asc(mails.id))
  const entries = rows
    .slice(0, MAX_ENTRIES)
    .map(({ submission, withheld }) => describeEntry(submission, withheld))
  return { entries, more: rows.length - entries.length, site: mailSite(config) }
}

/** A submission as an entry of a digest. `withheld`: why the person got no reply. */
function describeEntry(submission: typeof submissions.$inferSelect, withheld: string | null) {
  const { reference, form, receivedAt, fields } = submission
  const message = valuesOf(fields, 'text')[0]
  return {
    ...{ reference, title: forms[form].noun, receivedAt, who: identify(fields) },
    contact: valuesOf(fields, 'email', 'phone'),
    message: message && oneLine(message, MAX_MESSAGE_LENGTH),
    warnings: warningsOf(submission, withheld),
  }
}

function valuesOf(fields: StoredFields, ...kinds: FieldKind[]): string[] {
  return answersOf(fields)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ value }) => value)
}

/** The id under which a digest's notices are stored: its own or, at the fallback address, that of the digest it replaces. */
export function digestOf({ id, data }: Pick<MailRow, 'id' | 'data'>): string {
  return typeof data.fallbackFor === 'string' ? data.fallbackFor : id
}
