import { inArray, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { MailKind } from '#emails/index'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { parseEmail } from '#lib/forms/email'
import { formNames } from '#lib/forms/forms'
import { pseudonym } from '#lib/guard/token'
import { type Alarm, planAlarm } from '#lib/mail/alarm'
import { acknowledgementOf, type PlannedMail } from '#lib/mail/planned'

/** The mails that answer a form. Limited, because anybody can type somebody else's address. */
export const ACKNOWLEDGEMENTS: MailKind[] = formNames.flatMap((form) => acknowledgementOf(form) ?? [])

/**
 * Limits of mail; see lib/DECISIONS.md for the reasons. The SQL function `grant_mail` counts acknowledgements and notices against
 * them.
 */
const LIMITS = {
  /** Acknowledgements to one mailbox in 24 hours, proven or not; and as many confirmations. */
  mailboxDay: 3,
  /** Automatic mails to unproven mailboxes, by one network and by all networks together. */
  networkHour: 30,
  networkDay: 100,
  allHour: 300,
  /** Notices to support in ten minutes; further ones are folded into a digest. */
  networkNotices: 10,
  allNotices: 40,
  /** Up to this many, a network's first notice is still sent at once, so a flood from a few networks hides no others. */
  firstNotices: 100,
}

export const MAILS_A_DAY = LIMITS.mailboxDay

/**
 * Why a mail waits or is not sent, for support. The first three keys are those of `Refusal`; `flagged` and `held` are verdicts
 * of submissions.
 */
export const WITHHELD = {
  mailbox: `${LIMITS.mailboxDay} mails of this kind went to this mailbox within 24 hours.`,
  network: 'Too many replies to unconfirmed addresses were requested from one network.',
  all: 'Too many replies to unconfirmed addresses were requested from all networks.',
  folded: 'Many notices at once: this one is listed in the next digest.',
  flagged: 'It waits until the person presses the button on our page, or support releases it.',
  held: 'It waits until support releases it.',
  unsubscribed: 'This address asked for no more mail.',
}

const FLOOD: Alarm = {
  what: 'Replies to unconfirmed addresses are withheld',
  steps: [
    `Somebody may be using the forms to flood others with mail: more than ${LIMITS.networkHour} replies in an hour or ${LIMITS.networkDay} in a day were requested from one network, or ${LIMITS.allHour} in an hour from all.`,
    'If visitors reach the site through a proxy of yours, check TRUST_PROXY: without it all visitors look like one network.',
    'Read the notices and digests: every submission is stored, and each says whether its reply was withheld.',
    'Replies start again automatically when there are fewer requests.',
  ],
}

/** A request to send an automatic mail to a visitor. */
type GrantRequest = {
  email: string
  /** Confirmations and ways to sign in, which a person needs, have an allowance of their own. */
  kind?: MailKind
  /** Pseudonym of the visitor's network. Without it, or with RATE_LIMIT=off, only the limit of the mailbox counts. */
  network?: string
  /** The visitor proved the mailbox in this request. `grant_mail` itself looks for a started trial of the lead. */
  proved?: boolean
  /** A notice to support belongs to it. */
  notice?: boolean
  /** False for a form without an acknowledgement: only the notice is counted. */
  reply?: boolean
}

/** The second argument of `grant_mail`. */
export function allowanceRequest(
  { email, kind, network, proved = false, notice = false, reply = true }: GrantRequest,
  config: Config,
) {
  return {
    mailbox: mailboxKey(email),
    class: kind?.startsWith('trial-') ? 'confirm' : 'reply',
    network: config.rateLimit ? network : undefined,
    proved,
    notice,
    reply,
    limits: LIMITS,
  }
}

/** Pseudonym of a mailbox, by which its mails are counted. */
export function mailboxKey(email: string): string {
  return pseudonym(`mailbox ${parseEmail(email)?.mailbox ?? email}`)
}

/** The alarm to queue when `grant_mail` returns `alarm`, at most once an hour. */
export function planFloodAlarm(config: Config): PlannedMail[] {
  return planAlarm(config, FLOOD)
}

/** The limit that stops an acknowledgement. `grant_mail` also returns `unasked`, for a form without one (`reply: false`). */
type Refusal = 'mailbox' | 'network' | 'all'

/**
 * `refused`: null where the mail may be sent. `capped`: a cap for unproven mailboxes is reached, even
 * if this mailbox is proven and gets its mail. `alarm`: the caller queues `planFloodAlarm()`.
 */
type Allowance = { refused: Refusal | null; capped: boolean; alarm: boolean }

/** Decides whether one automatic mail may be sent to the lead, and counts it if so. In a transaction. */
export async function grantMail(
  tx: Pick<Database, 'execute'>,
  leadId: string,
  request: Omit<GrantRequest, 'notice' | 'reply'>,
  config: Config,
): Promise<Allowance> {
  const ask = JSON.stringify(allowanceRequest(request, config))
  const { rows } = await tx.execute<Allowance>(
    sql`select refused, capped, alarm from grant_mail(${leadId}, ${ask}::jsonb)`,
  )
  return rows[0] as Allowance
}

/** After a mailbox is proven, mails sent to it no longer count against the caps. Part of a statement. */
export function clearUnproven(email: string, condition: SQL): SQL {
  return sql`update mail_grants set unproven = false where mailbox = ${mailboxKey(email)} and ${condition}`
}

/** Why the latest acknowledgement of a submission was not sent, or null. Part of a query; for support only. */
export const withheldReason = (submissionId: SQL | AnyPgColumn) => sql<string | null>`(
  select case when a.state in ('suppressed', 'held', 'failed') then a.last_error end from mails a
  where a.submission_id = ${submissionId} and ${inArray(sql`a.kind`, ACKNOWLEDGEMENTS)}
  order by a.created_at desc limit 1)`
