import { asc, eq, sql } from 'drizzle-orm'
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

/** The contents of a digest, from the database as it is now: without persons erased meanwhile. */
export async function readDigest(db: Database, mail: MailRow, config: Config): Promise<NoticeDigestProps> {
  const rows = await db
    .select({ submission: submissions, withheld: withheldReason(submissions.id) })
    .from(mails)
    .innerJoin(submissions, eq(submissions.id, mails.submissionId))
    .where(eq(mails.digestId, digestOf(mail)))
    .orderBy(asc(mails.createdAt), asc(mails.id))
  const entries = rows.map(({ submission, withheld }) => {
    const { reference, form, receivedAt, reasons, fields } = submission
    const message = valuesOf(fields, 'text')[0]
    return {
      ...{ reference, title: forms[form].noun, receivedAt, who: identify(fields) },
      contact: valuesOf(fields, 'email', 'phone'),
      message: message && oneLine(message, MAX_MESSAGE_LENGTH),
      warnings: warningsOf(reasons, withheld),
    }
  })
  return { entries, site: mailSite(config) }
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
