import { and, asc, eq, lt, notInArray, sql } from 'drizzle-orm'
import { oneLine } from '#emails/marks'
import type { Answer } from '#emails/notice-facts'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { consents, events, type leads, type mails, type submissions, trials } from '#lib/db/schema'
import { answersOf, identify } from '#lib/forms/answers'
import { forms } from '#lib/forms/forms'
import { eventLabel, REDUNDANT_EVENTS } from '#lib/leads/event-labels'
import { toE164 } from '#lib/leads/phone'
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
  const { fields, form } = submission
  const history = await readHistory(db, submission, mail)
  const first = history.length === 0
  return {
    subject: first ? undefined : `Re: ${oneLine(lead.threadSubject)}`,
    thread: `<lead.${lead.id}@${mailDomain(config)}>`,
    replyTo: { name: oneLine(String(fields.name ?? '')), address: lead.email },
    props: {
      title: mail.data.about === 'trial-confirmed' ? 'Trial confirmed' : forms[form].noun,
      reference: submission.reference,
      receivedAt: submission.receivedAt,
      who: identify(fields),
      answers: await readAnswers(db, submission),
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

/** Everything that was answered besides who wrote. Consents as they were recorded: the wording may have changed since. */
async function readAnswers(db: Database, { id, fields }: Submission): Promise<Answer[]> {
  const recorded = await db.select().from(consents).where(eq(consents.submissionId, id))
  const granted = Object.fromEntries(recorded.map((consent) => [consent.purpose, consent.granted]))
  const versions = new Map(recorded.map(({ purpose, version }) => [purpose, version]))
  return answersOf({ ...fields, ...granted })
    .filter(({ identifies }) => !identifies)
    .map(({ kind, name, label, value }) => ({
      ...{ kind, label, value },
      e164: kind === 'phone' ? toE164(value) : undefined,
      note: kind === 'consent' ? `Consent wording ${versions.get(name)}` : undefined,
    }))
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
