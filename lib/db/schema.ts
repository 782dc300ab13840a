import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Attribution } from '#lib/forms/forms'

/**
 * The whole data model. Times are the database's own clock in UTC; nothing here is deleted by the
 * way of a submission, and what a person sent is kept as it was typed.
 */
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const now = (name: string) => at(name).notNull().default(sql`now()`)

/** One person, by canonical address. Holds the latest of what that person told us. */
export const leads = pgTable(
  'leads',
  {
    id: uuid().primaryKey(),
    emailCanonical: text('email_canonical').notNull().unique(),
    email: text().notNull(),
    name: text().notNull(),
    company: text(),
    phone: text(),
    phoneE164: text('phone_e164'),
    role: text(),
    ehr: text(),
    firstTouch: jsonb('first_touch').$type<Attribution>().notNull().default({}),
    lastTouch: jsonb('last_touch').$type<Attribution>().notNull().default({}),
    /** The last three times an acknowledgement was sent for: at most three in any 24 hours. */
    acknowledgedAt: timestamp('acknowledged_at', { withTimezone: true, mode: 'date' })
      .array()
      .notNull()
      .default([]),
    /** The submission that the last acknowledgement was granted to. */
    acknowledgedFor: uuid('acknowledged_for'),
    /** Subject of the first notice: later ones answer it, which is what keeps a thread together in Gmail. */
    threadSubject: text('thread_subject').notNull(),
    createdAt: now('created_at'),
    seenAt: now('seen_at'),
  },
  (lead) => [
    check('leads_email_length', sql`length(${lead.email}) between 3 and 254`),
    check('leads_name_length', sql`length(${lead.name}) between 1 and 100`),
    check('leads_company_length', sql`length(${lead.company}) <= 120`),
    check('leads_phone_e164', sql`${lead.phoneE164} ~ '^\\+[1-9][0-9]{6,14}$'`),
  ],
)

/** What somebody sent, as typed. `held`: looks like spam; kept with its reasons, mails withheld. */
export const submissions = pgTable(
  'submissions',
  {
    id: uuid().primaryKey(),
    reference: text().notNull().unique(),
    leadId: uuid('lead_id')
      .notNull()
      .references(() => leads.id),
    form: text().$type<'demo' | 'trial' | 'inquiry'>().notNull(),
    fields: jsonb().$type<Record<string, string | boolean>>().notNull(),
    attribution: jsonb().$type<Attribution>().notNull().default({}),
    verdict: text().$type<'accepted' | 'held' | 'released'>().notNull(),
    reasons: text().array().notNull().default([]),
    receivedAt: now('received_at'),
  },
  (submission) => [
    index('submissions_lead').on(submission.leadId, submission.receivedAt),
    check('submissions_form', sql`${submission.form} in ('demo', 'trial', 'inquiry')`),
    check('submissions_verdict', sql`${submission.verdict} in ('accepted', 'held', 'released')`),
    check('submissions_size', sql`length(${submission.fields}::text) <= 20000`),
  ],
)

/**
 * One row for each idempotency key, or for each content where there is no key: the unique index is
 * what makes a hundred equal requests one submission.
 */
export const submissionKeys = pgTable('submission_keys', {
  key: text().primaryKey(),
  contentHash: text('content_hash').notNull(),
  submissionId: uuid('submission_id').notNull(),
  /** After this the same content is a new submission; a client's own key never expires. */
  expiresAt: at('expires_at').notNull(),
})

/** The timeline of a lead: what happened, in order, never changed. */
export const events = pgTable(
  'events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    leadId: uuid('lead_id')
      .notNull()
      .references(() => leads.id),
    submissionId: uuid('submission_id').references(() => submissions.id),
    kind: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    at: now('at'),
  },
  (event) => [index('events_lead').on(event.leadId, event.at)],
)

/** Proof of consent (GDPR Art. 7(1)): which words, in which version, on which page, when. */
export const consents = pgTable(
  'consents',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    leadId: uuid('lead_id')
      .notNull()
      .references(() => leads.id),
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submissions.id),
    purpose: text().notNull(),
    granted: boolean().notNull(),
    version: text().notNull(),
    wording: text().notNull(),
    page: text(),
    at: now('at'),
  },
  (consent) => [index('consents_lead').on(consent.leadId)],
)

/** A trial: asked for, confirmed by a person at the address, running from then on. */
export const trials = pgTable(
  'trials',
  {
    id: uuid().primaryKey(),
    leadId: uuid('lead_id')
      .notNull()
      .references(() => leads.id),
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submissions.id),
    state: text().$type<'requested' | 'active'>().notNull().default('requested'),
    /** SHA-256 of the token in the mail: the table alone opens nothing. */
    tokenHash: text('token_hash').notNull().unique(),
    tokenIssue: integer('token_issue').notNull().default(1),
    tokenExpiresAt: at('token_expires_at').notNull(),
    days: integer().notNull(),
    requestedAt: now('requested_at'),
    startsAt: at('starts_at'),
    endsAt: at('ends_at'),
  },
  (trial) => [
    index('trials_lead').on(trial.leadId),
    check('trials_state', sql`${trial.state} in ('requested', 'active')`),
    check('trials_dates', sql`(${trial.state} = 'requested') = (${trial.startsAt} is null)`),
  ],
)

/** A mail and its state. Composed once; the bytes are kept, so that each retry sends the same. */
export const mails = pgTable(
  'mails',
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    recipient: text().notNull(),
    leadId: uuid('lead_id').references(() => leads.id),
    submissionId: uuid('submission_id').references(() => submissions.id),
    trialId: uuid('trial_id').references(() => trials.id),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    messageId: text('message_id').notNull().unique(),
    state: text().$type<MailState>().notNull(),
    priority: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    lastError: text('last_error'),
    raw: bytea(),
    createdAt: now('created_at'),
    /** A job that comes earlier than this is a leftover: another one is waiting. */
    notBefore: now('not_before'),
    sentAt: at('sent_at'),
  },
  (mail) => [
    // Small whatever the table's size: only what is still on its way.
    index('mails_unsent').on(mail.createdAt).where(sql`${mail.state} in ('queued', 'sending')`),
    index('mails_lead').on(mail.leadId),
    index('mails_submission').on(mail.submissionId),
    check(
      'mails_state',
      sql`${mail.state} in ('queued', 'sending', 'sent', 'held', 'failed', 'bounced', 'suppressed')`,
    ),
  ],
)

export type MailState = 'queued' | 'sending' | 'sent' | 'held' | 'failed' | 'bounced' | 'suppressed'

/** The history of a mail: a row before each attempt, so that a crash leaves a trace of it. */
export const mailAttempts = pgTable(
  'mail_attempts',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    mailId: uuid('mail_id')
      .notNull()
      .references(() => mails.id),
    startedAt: now('started_at'),
    endedAt: at('ended_at'),
    outcome: text(),
    reply: text(),
  },
  (attempt) => [index('mail_attempts_mail').on(attempt.mailId)],
)

/** What a visitor without JavaScript typed, while errors are corrected; gone after a day. */
export const drafts = pgTable('drafts', {
  idHash: text('id_hash').primaryKey(),
  form: text().notNull(),
  values: jsonb().$type<Record<string, string>>().notNull(),
  errors: jsonb().$type<Record<string, string[]>>().notNull(),
  expiresAt: at('expires_at').notNull(),
})

/** Addresses that want no more acknowledgements or reminders. */
export const suppressions = pgTable('suppressions', {
  emailCanonical: text('email_canonical').primaryKey(),
  reason: text().notNull(),
  at: now('at'),
})

/** One row: how the way to the mail server is, as the workers last saw it. */
export const mailRoute = pgTable(
  'mail_route',
  {
    id: integer().primaryKey().default(1),
    state: text().$type<'ok' | 'unreachable' | 'refused'>().notNull(),
    reason: text(),
    since: now('since'),
    alarmedAt: at('alarmed_at'),
  },
  (route) => [check('mail_route_single', sql`${route.id} = 1`)],
)

/** A worker's sign of life. */
export const workers = pgTable('workers', { id: uuid().primaryKey(), seenAt: now('seen_at') })

/** Counters of rate-limiter-flexible, in the shape that it expects. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
})
