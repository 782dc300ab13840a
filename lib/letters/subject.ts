import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { consents, events, leads, type mails, submissions, trials } from '#lib/db/schema'
import { REDUNDANT_EVENTS } from '#lib/leads/event-labels'
import { belongsToPerson } from '#lib/leads/timeline'
import { withheldReason } from '#lib/mail/allowance'

export type MailRow = typeof mails.$inferSelect

/** The recorded consents of a submission, by purpose. */
type Recorded = Record<string, { granted: boolean; version: string }>

/** An event in a person's timeline, from before the event that caused the mail. */
export type EarlierEvent = { at: Date; kind: string; data: Record<string, unknown> }

/** Everything that a mail about a submission may contain. */
export type Subject = Awaited<ReturnType<typeof readSubmissions>>[number] & {
  /** Earlier events, oldest first; for support's notices only. */
  before: EarlierEvent[]
}

/** The subjects of many mails, in two queries. @returns by mail id; without mails whose submission does not exist */
export async function readSubjects(db: Database, asked: MailRow[]): Promise<Map<string, Subject>> {
  const about = [...new Set(asked.flatMap(({ submissionId }) => submissionId ?? []))]
  if (about.length === 0) return new Map()
  const found = new Map((await readSubmissions(db, about)).map((row) => [row.submission.id, row]))
  const notices = asked.filter(({ kind }) => kind === 'support-notice')
  const events = notices.length ? await readEvents(db, notices) : []
  return new Map(
    asked.flatMap((mail) => {
      const subject = found.get(mail.submissionId ?? '')
      const before = events.filter((event) => event.mail === mail.id)
      return subject ? [[mail.id, { ...subject, before }] as const] : []
    }),
  )
}

function readSubmissions(db: Database, ids: string[]) {
  return db
    .select({
      lead: leads,
      submission: submissions,
      trial: trials,
      consents: sql<Recorded>`(
        select coalesce(json_object_agg(${consents.purpose}, json_build_object('granted', ${consents.granted}, 'version', ${consents.version})), '{}')
        from ${consents} where ${consents.submissionId} = ${submissions.id})`,
      withheld: withheldReason(submissions.id),
    })
    .from(submissions)
    .innerJoin(leads, eq(leads.id, submissions.leadId))
    .leftJoin(trials, eq(trials.submissionId, submissions.id))
    .where(inArray(submissions.id, ids))
}

/** For each notice, the first 50 events of the person before it. */
async function readEvents(db: Database, notices: MailRow[]) {
  const { rows } = await db.execute<{
    mail: string
    at: string
    kind: string
    data: EarlierEvent['data']
  }>(sql`
    select m.id as mail, before.* from mails m join submissions s on s.id = m.submission_id
      cross join lateral (
        select ${events.at}, ${events.kind}, ${events.data} from ${events}
        where ${belongsToPerson(events, sql`s.lead_id`)}
          and ${events.at} < case when m.data ? 'about' then m.created_at else s.received_at end
          and ${events.kind} <> all(${sql.param(REDUNDANT_EVENTS)}::text[])
        order by ${events.at} limit 50) as before
    where m.id = any(${sql.param(notices.map(({ id }) => id))}::uuid[]) order by m.id, before.at`)
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}
