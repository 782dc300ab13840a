import { and, asc, eq, lt, notInArray, sql } from 'drizzle-orm'
import { oneLine } from '#emails/marks'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { consents, events, type leads, type mails, type submissions, trials } from '#lib/db/schema'
import type { FormName } from '#lib/forms/forms'
import { eventLabel, REDUNDANT_EVENTS } from '#lib/leads/event-labels'
import { ofPerson } from '#lib/leads/timeline'
import { withheldReply } from '#lib/mail/allowance'
import { mailDomain } from '#lib/mail/planned'
import { mailSite } from '#lib/mail/site'

type Lead = typeof leads.$inferSelect
type Submission = typeof submissions.$inferSelect

/** Support's notice: Reply goes to the lead, and all notices about one person hang in one thread. */
export async function readNotice(
  db: Database,
  mail: typeof mails.$inferSelect,
  { lead, submission }: { lead: Lead; submission: Submission },
  config: Config,
) {
  const said = submission.fields as Record<string, string | undefined>
  const history = await readHistory(db, submission, mail)
  const phone = said.phone
    ? { typed: said.phone, e164: lead.phone === said.phone ? (lead.phoneE164 ?? undefined) : undefined }
    : undefined
  const first = history.length === 0
  return {
    subject: first ? undefined : `Re: ${oneLine(lead.threadSubject)}`,
    thread: `<lead.${lead.id}@${mailDomain(config)}>`,
    replyTo: { name: oneLine(said.name ?? ''), address: lead.email },
    props: {
      form: submission.form as FormName,
      headline: mail.data.about === 'trial-confirmed' ? 'Trial confirmed' : undefined,
      reference: submission.reference,
      receivedAt: submission.receivedAt,
      name: said.name ?? '',
      email: said.email ?? '',
      company: said.company,
      phone,
      role: said.role,
      ehr: said.ehr,
      message: said.message,
      texts: await readTextsConsent(db, submission),
      warnings: [...warningsOf(lead, submission), ...(await readWithheld(db, submission))],
      lastTouch: submission.attribution,
      firstTouch: lead.firstTouch,
      history,
      trial: await readTrial(db, submission),
      site: mailSite(config),
    },
  }
}

async function readTrial(db: Database, { id }: Submission) {
  const [trial] = await db.select().from(trials).where(eq(trials.submissionId, id))
  if (!trial) return undefined
  const { days, startsAt, endsAt } = trial
  return { days, startsAt: startsAt ?? undefined, endsAt: endsAt ?? undefined }
}

/** As it was recorded: the wording may have changed since. */
async function readTextsConsent(db: Database, submission: Submission) {
  const [consent] = await db
    .select({ granted: consents.granted, version: consents.version })
    .from(consents)
    .where(and(eq(consents.submissionId, submission.id), eq(consents.purpose, 'texts')))
  if (!consent) throw new Error('the record of consent of this submission is gone')
  return consent
}

/** What this person did before, oldest first. */
async function readHistory(db: Database, submission: Submission, mail: typeof mails.$inferSelect) {
  const until = mail.data.about ? mail.createdAt : submission.receivedAt
  const rows = await db
    .select()
    .from(events)
    .where(
      and(
        ofPerson(events, submission.leadId),
        lt(events.at, until),
        notInArray(events.kind, REDUNDANT_EVENTS),
      ),
    )
    .orderBy(asc(events.at))
    .limit(50)
  // Of the quarters of the demo the last one says it all.
  const watched = rows.findLast(({ kind }) => kind === 'demo-watched')
  const told = rows.filter((row) => row.kind !== 'demo-watched' || row === watched)
  return told.map(({ at, kind, data }) => ({
    at,
    what: eventLabel(kind, data),
    reference: typeof data.reference === 'string' ? data.reference : undefined,
  }))
}

/** Whoever answers must know that the person has had no mail from us. */
async function readWithheld(db: Database, { id }: Submission): Promise<string[]> {
  const { rows } = await db.execute<{ why: string | null }>(
    sql`select ${withheldReply(sql`${id}::uuid`)} as why`,
  )
  return rows[0]?.why ? [`No reply was sent: ${rows[0].why}`] : []
}

function warningsOf(lead: Lead, submission: Submission): string[] {
  const domain = lead.email.split('@').at(-1) ?? ''
  const foreign = domain.split('.').some((label) => label.startsWith('xn--'))
  return [
    ...(foreign
      ? [`The domain is written with letters of another alphabet; in plain letters it is ${domain}.`]
      : []),
    ...submission.reasons.map((reason) => `This may be spam: ${reason}`),
  ]
}
