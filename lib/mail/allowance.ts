import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { MailKind } from '#emails/index'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'
import { parseEmail } from '#lib/forms/email'
import { formNames } from '#lib/forms/forms'
import { pseudonym } from '#lib/guard/token'
import { type Alarm, planAlarm } from '#lib/mail/alarm'
import { acknowledgementOf, type PlannedMail } from '#lib/mail/planned'

/** The mails that answer a visitor. Anybody can type anybody's address, so these are limited. */
export const ACKNOWLEDGEMENTS: MailKind[] = formNames.flatMap((form) => acknowledgementOf(form) ?? [])

/**
 * How much goes out; see lib/DECISIONS.md for the reasons. The counting is done by the SQL function `grant_mail`, which
 * every acknowledgement passes.
 */
const LIMITS = {
  /** Acknowledgements to one mailbox in 24 hours, proven or not. */
  mailboxDay: 3,
  /** Acknowledgements to unproven mailboxes that one network may cause, and all together. */
  networkHour: 30,
  networkDay: 100,
  allHour: 300,
  /** Notices to support in ten minutes, beyond which they are folded into a digest. */
  networkNotices: 10,
  allNotices: 40,
  /** Up to here the first notice of a network still goes out at once: a flood from a few networks buries nobody's. */
  firstNotices: 100,
}

export const MAILS_A_DAY = LIMITS.mailboxDay

/** Why a mail waits or does not go out, for support: by the word that `grant_mail` answers. */
export const WITHHELD = {
  mailbox: `${LIMITS.mailboxDay} mails went to this mailbox within 24 hours.`,
  network: 'Too many replies to unconfirmed addresses were request for from one network.',
  all: 'Too many replies to unconfirmed addresses were request for from all networks.',
  folded: 'Many notices came at once: this one is listed in the next digest.',
}

const FLOOD: Alarm = {
  what: 'Replies to unconfirmed addresses are withheld',
  steps: [
    `Somebody may be using the forms to flood others with mail: more than ${LIMITS.networkHour} replies in an hour or ${LIMITS.networkDay} in a day were request for from one network, or ${LIMITS.allHour} in an hour from all.`,
    'If visitors reach the site through a proxy of yours, check TRUST_PROXY: without it all visitors look like one network.',
    'Read the notices and digests: every submission is stored, and each says whether its reply was withheld.',
    'Replies start again by themselves when there are fewer requests.',
  ],
}

/** Who asks for a mail, and to whom it goes. */
export type GrantRequest = {
  email: string
  /** The network by its pseudonym. Without it, or with RATE_LIMIT=off, only the limit of the mailbox counts. */
  network?: string
  /** Whoever asks has shown that the mailbox is theirs. A started trial of the lead is looked up by `grant_mail`. */
  proved?: boolean
  /** A notice to support goes with it. */
  notice?: boolean
  /** False for a form that has no acknowledgement: only the notice is request for. */
  reply?: boolean
}

/** The second argument of `grant_mail`. */
export function allowanceRequest(
  { email, network, proved = false, notice = false, reply = true }: GrantRequest,
  config: Config,
) {
  return {
    mailbox: mailboxKey(email),
    network: config.rateLimit ? network : undefined,
    proved,
    notice,
    reply,
    limits: LIMITS,
  }
}

/** A mailbox as it is counted; not to be read back. */
export function mailboxKey(email: string): string {
  return pseudonym(`mailbox ${parseEmail(email)?.mailbox ?? email}`)
}

/** The alarm that goes out when `grant_mail` asks for it, which is once an hour at most. */
export function planFloodAlarm(config: Config): PlannedMail[] {
  return planAlarm(config, FLOOD)
}

/**
 * `refused`: the word of `WITHHELD`, or null where the mail may go out. `capped`: one of the caps is reached; also where a
 * proven mailbox gets its mail all the same. `alarm`: the caller queues `planFloodAlarm()`.
 */
export type Allowance = { refused: keyof typeof WITHHELD | null; capped: boolean; alarm: boolean }

/** Asks for one acknowledgement to the lead's mailbox, and counts it if it is allowed. In a transaction. */
export async function grantMail(
  tx: Pick<Database, 'execute'>,
  leadId: string,
  request: GrantRequest,
  config: Config,
): Promise<Allowance> {
  const ask = JSON.stringify(allowanceRequest(request, config))
  const { rows } = await tx.execute<Allowance>(
    sql`select refused, capped, alarm from grant_mail(${leadId}, ${ask}::jsonb)`,
  )
  return rows[0] as Allowance
}

/** A mailbox was proven: what was sent to it no longer counts against the caps. Part of a statement. */
export function clearUnproven(email: string, condition: SQL): SQL {
  return sql`update mail_grants set unproven = false where mailbox = ${mailboxKey(email)} and ${condition}`
}

/**
 * Whether a cap was reached when the latest acknowledgement of a submission was request for. That is so for a proven mailbox
 * too, which gets its mail: a page that shows this tells nobody whether an address is known.
 */
export async function wasCapped(db: Pick<Database, 'select'>, submissionId: string): Promise<boolean> {
  const [mail] = await db
    .select({ data: mails.data })
    .from(mails)
    .where(and(eq(mails.submissionId, submissionId), inArray(mails.kind, ACKNOWLEDGEMENTS)))
    .orderBy(desc(mails.createdAt))
    .limit(1)
  return mail?.data.capped === true
}

/** Why the latest acknowledgement of a submission was not sent, or null. Part of a query; for support only. */
export const withheldReason = (submissionId: SQL | AnyPgColumn) => sql<string | null>`(
  select case when a.state = 'suppressed' then a.last_error end from mails a
  where a.submission_id = ${submissionId} and ${inArray(sql`a.kind`, ACKNOWLEDGEMENTS)}
  order by a.created_at desc limit 1)`
