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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { RUNNING_STATES, TRIAL_CAUSES, TRIAL_STATES, UNSTARTED_STATES } from '#lib/db/trial-states'
import type { Attribution, FormName } from '#lib/forms/forms'

/** The whole data model. Times are UTC, from the database's clock. What a person sent is kept as typed. */
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const int4multirange = customType<{ data: string }>({ dataType: () => 'int4multirange' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const now = (name: string) => at(name).notNull().default(sql`now()`)
const leadId = () => uuid('lead_id').references(() => leads.id)
const submissionId = () => uuid('submission_id').references(() => submissions.id)
const trialId = () => uuid('trial_id').references(() => trials.id)
/** A list of our own constants, as written in a constraint: `('a', 'b')`. */
const oneOf = (words: readonly string[]) => sql.raw(`(${words.map((word) => `'${word}'`).join(', ')})`)

/** One person, identified by canonical address, with the latest values that this person sent. */
export const leads = pgTable(
  'leads',
  {
    id: uuid().primaryKey(),
    emailCanonical: text('email_canonical').notNull().unique(),
    email: text().notNull(),
    /** Null while only forms without a name field were sent. */
    name: text(),
    company: text(),
    phone: text(),
    phoneE164: text('phone_e164'),
    role: text(),
    ehr: text(),
    firstTouch: jsonb('first_touch').$type<Attribution>().notNull().default({}),
    lastTouch: jsonb('last_touch').$type<Attribution>().notNull().default({}),
    /** Subject of the first notice. Later ones are replies to it, which keeps them in one thread in Gmail. */
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

/**
 * A submitted form, as typed. `flagged`: one signal of spam, only the mail to the visitor waits. `held`: two or more, nothing
 * is sent. `released`: what was withheld was sent later.
 */
export const submissions = pgTable(
  'submissions',
  {
    id: uuid().primaryKey(),
    reference: text().notNull().unique(),
    leadId: leadId().notNull(),
    form: text().$type<FormName>().notNull(),
    fields: jsonb().$type<Record<string, string | boolean>>().notNull(),
    attribution: jsonb().$type<Attribution>().notNull().default({}),
    verdict: text().$type<'accepted' | 'flagged' | 'held' | 'released'>().notNull(),
    reasons: text().array().notNull().default([]),
    receivedAt: now('received_at'),
  },
  (submission) => [
    index('submissions_lead').on(submission.leadId, submission.receivedAt),
    // Read for each submission that looks like spam.
    index('submissions_released').on(submission.leadId).where(sql`${submission.verdict} = 'released'`),
    index('submissions_held').on(submission.id).where(sql`${submission.verdict} = 'held'`),
    // Which forms there are is declared in lib/forms/forms.ts: a new one needs no migration.
    check('submissions_form', sql`${submission.form} ~ '^[a-z][a-z-]{0,31}$'`),
    check('submissions_verdict', sql`${submission.verdict} in ('accepted', 'flagged', 'held', 'released')`),
    check('submissions_size', sql`length(${submission.fields}::text) <= 20000`),
  ],
)

/** One row for each idempotency key, or content sent without one. Of concurrent equal requests it lets one through. */
export const submissionKeys = pgTable(
  'submission_keys',
  {
    key: text().primaryKey(),
    contentHash: text('content_hash').notNull(),
    submissionId: uuid('submission_id').notNull(),
    /** After this the same content is a new submission. A key sent by the client never expires. */
    expiresAt: at('expires_at').notNull(),
  },
  (key) => [index('submission_keys_submission').on(key.submissionId)],
)

/** The timeline of a lead: what happened, in order. Append-only (`functions/events_append_only.sql`). */
export const events = pgTable(
  'events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    leadId: leadId().notNull(),
    submissionId: submissionId(),
    kind: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    at: now('at'),
  },
  (event) => [
    index('events_lead').on(event.leadId, event.at),
    index('events_submission').on(event.submissionId),
  ],
)

/** Proof of consent (GDPR Art. 7(1)): the wording, its version, the page, the time. */
export const consents = pgTable(
  'consents',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    leadId: leadId().notNull(),
    submissionId: submissionId().notNull(),
    purpose: text().notNull(),
    granted: boolean().notNull(),
    version: text().notNull(),
    wording: text().notNull(),
    page: text(),
    at: now('at'),
  },
  (consent) => [
    index('consents_lead').on(consent.leadId),
    index('consents_submission').on(consent.submissionId),
  ],
)

/**
 * A trial. Triggers enforce which state may follow which (`functions/check_trial_change.sql`) and that each change has its
 * event in the lead's timeline (`functions/check_trial_events.sql`). An update of `state` or `endsAt` sets `cause`.
 */
export const trials = pgTable(
  'trials',
  {
    id: uuid().primaryKey(),
    leadId: leadId().notNull(),
    submissionId: submissionId().notNull(),
    state: text({ enum: TRIAL_STATES }).notNull().default('requested'),
    cause: text({ enum: TRIAL_CAUSES }).notNull().default('visitor'),
    /** SHA-256 of the token in the mail, so that nobody who reads the table can confirm a trial. */
    tokenHash: text('token_hash').notNull().unique(),
    tokenIssue: integer('token_issue').notNull().default(1),
    tokenExpiresAt: at('token_expires_at').notNull(),
    /** When the link or code of the current token was used. Each token works once. */
    tokenUsedAt: at('token_used_at'),
    /** Wrong tries of the current token's six-character code. */
    codeTries: integer('code_tries').notNull().default(0),
    /** Pseudonym of the mailbox, by which tries of codes are counted over all its requests. */
    mailboxKey: text('mailbox_key').notNull(),
    /** The trial with a wrong address that this one corrects. */
    corrects: uuid().unique(),
    days: integer().notNull(),
    requestedAt: now('requested_at'),
    startsAt: at('starts_at'),
    endsAt: at('ends_at'),
    /** When the person could first sign in. Until then the trial's days do not count: see lib/trials/access.ts. */
    accessAt: at('access_at'),
    /** IANA name of the visitor's time zone at confirmation, for the dates in mails; null without JavaScript. */
    timeZone: text('time_zone'),
    /** Where the visitor signs in. From the product, once it has set up the trial. */
    loginUrl: text('login_url'),
  },
  (trial) => [
    index('trials_lead').on(trial.leadId),
    uniqueIndex('trials_submission').on(trial.submissionId),
    // One running trial for each person, however many were requested.
    uniqueIndex('trials_running')
      .on(trial.leadId)
      .where(sql`${trial.state} in ${oneOf(RUNNING_STATES)}`),
    index('trials_due')
      .on(trial.endsAt)
      .where(sql`${trial.state} in ${oneOf(RUNNING_STATES)}`),
    check('trials_state', sql`${trial.state} in ${oneOf(TRIAL_STATES)}`),
    check('trials_cause', sql`${trial.cause} in ${oneOf(TRIAL_CAUSES)}`),
    check('trials_dates', sql`(${trial.startsAt} is null) = (${trial.endsAt} is null)`),
    check(
      'trials_started',
      sql`${trial.state} in ${oneOf([...UNSTARTED_STATES, 'cancelled'])} or ${trial.startsAt} is not null`,
    ),
    check(
      'trials_not_started',
      sql`${trial.state} not in ${oneOf(UNSTARTED_STATES)} or ${trial.startsAt} is null`,
    ),
    check('trials_span', sql`${trial.endsAt} > ${trial.startsAt}`),
  ],
)

/** Which seconds of the demo a person has seen, so that seconds seen again count once. */
export const demoViews = pgTable(
  'demo_views',
  {
    submissionId: submissionId().primaryKey(),
    leadId: leadId().notNull(),
    /** Which film. For another film, watching starts from zero. */
    film: text().notNull().default('sample'),
    /** Length of the video, in seconds. */
    duration: integer().notNull(),
    seen: int4multirange().notNull().default('{}'),
    /** The last position of the player, in seconds. */
    position: integer().notNull().default(0),
    /** The highest of 25, 50, 75 and 100 % reached; 0 before. */
    quarter: integer().notNull().default(0),
    beganAt: now('began_at'),
    updatedAt: now('updated_at'),
  },
  (view) => [
    index('demo_views_lead').on(view.leadId),
    check('demo_views_quarter', sql`${view.quarter} in (0, 25, 50, 75, 100)`),
  ],
)

/** `bounced` is named by the contract; nothing sets it, because returned mail is not read. */
const MAIL_STATES = ['queued', 'sending', 'sent', 'held', 'failed', 'bounced', 'suppressed'] as const

/** A mail, and the job of sending it (`lib/jobs/claims.ts`). Composed once: each retry sends the same bytes. */
export const mails = pgTable(
  'mails',
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    recipient: text().notNull(),
    leadId: leadId(),
    submissionId: submissionId(),
    trialId: trialId(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    messageId: text('message_id').notNull().unique(),
    state: text({ enum: MAIL_STATES }).notNull(),
    priority: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    lastError: text('last_error'),
    raw: bytea(),
    /** A notice to support that is sent as an entry of a digest. */
    folded: boolean().notNull().default(false),
    /** The `notice-digest` mail that lists a folded notice. Null: it will be in the next one. */
    digestId: uuid('digest_id'),
    /** For a `trial-confirm` mail: the issue of the trial's token and code in `raw`. Null if it contains none. */
    codeIssue: integer('code_issue'),
    createdAt: now('created_at'),
    /** The next attempt, at the earliest. While it is `sending`: the end of its worker's lease. */
    notBefore: now('not_before'),
    /** The worker that has claimed it, while it is `sending`. */
    worker: uuid(),
    sentAt: at('sent_at'),
  },
  (mail) => [
    // The order in which workers claim mails. Partial, so that it stays small: only mails not sent yet.
    index('mails_due')
      .on(mail.priority.desc(), mail.notBefore)
      .where(sql`${mail.state} in ('queued', 'sending')`),
    index('mails_unsent').on(mail.createdAt).where(sql`${mail.state} in ('queued', 'sending')`),
    index('mails_lead').on(mail.leadId),
    index('mails_submission').on(mail.submissionId),
    index('mails_trial').on(mail.trialId),
    index('mails_to_fold')
      .on(mail.recipient, mail.createdAt)
      .where(sql`${mail.folded} and ${mail.digestId} is null`),
    index('mails_digest').on(mail.digestId).where(sql`${mail.digestId} is not null`),
    // One reminder for each due date, however often the clock runs.
    uniqueIndex('mails_reminder')
      .on(mail.trialId, mail.kind, mail.recipient, sql`(${mail.data}->>'due')`)
      .where(sql`${mail.data} ? 'due'`),
    check('mails_state', sql`${mail.state} in ${oneOf(MAIL_STATES)}`),
  ],
)

/**
 * Mails that were allowed in the last 24 hours, counted against the limits of `lib/mail/allowance.ts`. Mailboxes and
 * networks are pseudonyms. Written and read by the SQL function `grant_mail`.
 */
export const mailGrants = pgTable(
  'mail_grants',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    /**
     * `reply`: an acknowledgement. `confirm`: a mail that a person needs to go on. `notice`: to support, sent at once. `alarm`:
     * that replies are withheld.
     */
    kind: text().$type<'reply' | 'confirm' | 'notice' | 'alarm'>().notNull(),
    mailbox: text(),
    network: text(),
    /** Counts against the caps: the mailbox has not been proven. */
    unproven: boolean().notNull().default(false),
    at: now('at'),
  },
  (grant) => [
    index('mail_grants_mailbox').on(grant.mailbox, grant.at),
    index('mail_grants_network').on(grant.network, grant.kind, grant.at),
    index('mail_grants_kind').on(grant.kind, grant.at),
    check('mail_grants_kind', sql`${grant.kind} in ('reply', 'confirm', 'notice', 'alarm')`),
  ],
)

/** The attempts of a mail. The row is written before the attempt, so that a crash leaves a trace. */
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

const WEBHOOK_STATES = ['queued', 'sending', 'delivered', 'failed'] as const

/** An event for the operator's product or CRM (Standard Webhooks). Its id is the `webhook-id` of every attempt. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    leadId: leadId(),
    submissionId: submissionId(),
    trialId: trialId(),
    /** The body's `data`. The body is made from this row and is the same at each attempt. */
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: WEBHOOK_STATES }).notNull().default('queued'),
    priority: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    lastError: text('last_error'),
    /** The next attempt, at the earliest. While it is `sending`: the end of its worker's lease. */
    notBefore: now('not_before'),
    /** The worker that has claimed it, while it is `sending`. */
    worker: uuid(),
    createdAt: now('created_at'),
    deliveredAt: at('delivered_at'),
  },
  (webhook) => [
    index('webhooks_due')
      .on(webhook.priority.desc(), webhook.notBefore)
      .where(sql`${webhook.state} in ('queued', 'sending')`),
    index('webhooks_lead').on(webhook.leadId),
    index('webhooks_submission').on(webhook.submissionId),
    index('webhooks_trial').on(webhook.trialId),
    check('webhooks_state', sql`${webhook.state} in ${oneOf(WEBHOOK_STATES)}`),
  ],
)

/** The attempts of a webhook. The row is written before the attempt, its status and end after it. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    startedAt: now('started_at'),
    endedAt: at('ended_at'),
    /** HTTP status of the answer, where there was one. */
    status: integer(),
    error: text(),
  },
  (attempt) => [index('webhook_attempts_webhook').on(attempt.webhookId)],
)

/**
 * One row: where webhooks go. While it has an address, each event that the receiver wants is written with its webhook in
 * one statement (`lib/leads/record-events.ts`).
 */
export const webhookEndpoint = pgTable(
  'webhook_endpoint',
  {
    id: integer().primaryKey().default(1),
    /** SHA-256 of WEBHOOK_URL, as a launcher or worker last stored it. Null: none is set. */
    urlHash: text('url_hash'),
    /** SHA-256 of the address that answered 410 (gone). Nothing is sent there until it is enabled again. */
    disabledUrlHash: text('disabled_url_hash'),
    since: now('since'),
  },
  (endpoint) => [check('webhook_endpoint_single', sql`${endpoint.id} = 1`)],
)

/** What a visitor without JavaScript typed, until it is corrected. Deleted after a day, or when there are too many. */
export const drafts = pgTable(
  'drafts',
  {
    idHash: text('id_hash').primaryKey(),
    form: text().notNull(),
    values: jsonb().$type<Record<string, string>>().notNull(),
    errors: jsonb().$type<Record<string, string[]>>().notNull(),
    /** Pseudonym of the network that sent it. */
    network: text().notNull().default(''),
    expiresAt: at('expires_at').notNull(),
  },
  (draft) => [
    index('drafts_network').on(draft.network, draft.expiresAt),
    index('drafts_expires').on(draft.expiresAt),
  ],
)

/** Addresses that unsubscribed from acknowledgements and reminders. */
export const suppressions = pgTable('suppressions', {
  emailCanonical: text('email_canonical').primaryKey(),
  reason: text().notNull(),
  at: now('at'),
})

/** One row: the state of the mail server, as last seen by a worker. */
export const mailServerState = pgTable(
  'mail_server_state',
  {
    id: integer().primaryKey().default(1),
    state: text().$type<'ok' | 'unreachable' | 'refused'>().notNull(),
    reason: text(),
    since: now('since'),
  },
  (row) => [check('mail_server_state_single', sql`${row.id} = 1`)],
)

/** Heartbeats of the workers. */
export const workers = pgTable('workers', { id: uuid().primaryKey(), seenAt: now('seen_at') })

/** When each periodic task runs next: of several workers, the one that moves the date runs it. */
export const schedules = pgTable('schedules', { name: text().primaryKey(), dueAt: at('due_at').notNull() })

/** Counters of rate-limiter-flexible, in the table layout that it expects. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
})
