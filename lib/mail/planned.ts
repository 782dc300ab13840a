import { randomUUID } from 'node:crypto'
import type { MailKind } from '#emails/index'
import type { Config } from '#lib/config'
import { type FormName, forms } from '#lib/forms/forms'

/** A mail to be queued: it has no row in `mails` yet. */
export type PlannedMail = {
  id: string
  kind: MailKind
  recipient: string
  messageId: string
  priority: number
  /** Seconds until its first attempt. */
  delay: number
  /** The reply to a form, whose sender may have typed somebody else's address: limited by `lib/mail/allowance.ts`. */
  acknowledgement: boolean
  /** Support's notice of a submission; folded into a digest when there are many at once. */
  notice: boolean
  data: Record<string, unknown>
}

/** The mail that answers a form to the person who filled it out; undefined where the form declares none. */
export function acknowledgementOf(form: FormName): MailKind | undefined {
  const declared: { noun: string; acknowledgement?: MailKind } = forms[form]
  return declared.acknowledgement
}

/** Kinds that are not sent to an address that unsubscribed. A confirmation, which was just requested, still is. */
export const SUPPRESSIBLE: MailKind[] = ['demo-thanks', 'inquiry-received', 'trial-ending', 'trial-ended']

/** Support's notices are sent first: a lead that waits may be lost. */
const NOTICE_PRIORITY = 10

/** The mails of one submission: a notice for each support address, and the acknowledgement if the form has one. */
export function planMails(form: FormName, recipient: string, config: Config): PlannedMail[] {
  const kind = acknowledgementOf(form)
  return [
    ...config.supportEmails.map((to) => planNotice(to, config)),
    ...(kind ? [planAcknowledgement(kind, recipient, config)] : []),
  ]
}

function planNotice(recipient: string, config: Config, data = {}): PlannedMail {
  return plan('support-notice', recipient, config, { priority: NOTICE_PRIORITY, notice: true, data })
}

/**
 * The mails of a trial that has just started: a notice to support, and the welcome with the dates to the person.
 * @param delay seconds until the first attempt to send the welcome
 */
export function planStart(recipient: string, delay: number, config: Config): PlannedMail[] {
  return [
    ...config.supportEmails.map((to) => planNotice(to, config, { about: 'trial-confirmed' })),
    plan('trial-welcome', recipient, config, { delay }),
  ]
}

/** A reminder. `due` identifies the end date and the kind of reminder; the same one is never queued twice. */
export function planReminder(
  kind: 'trial-ending' | 'trial-ended',
  recipient: string,
  due: string,
  config: Config,
): PlannedMail {
  return plan(kind, recipient, config, { data: { due } })
}

/** The mail that answers a form, to the person who filled it out. */
export function planAcknowledgement(kind: MailKind, recipient: string, config: Config): PlannedMail {
  return plan(kind, recipient, config, { acknowledgement: true })
}

/** A mail with its Message-ID, which stays the same on each retry (RFC 5322 §3.6.4). */
export function plan(
  kind: MailKind,
  recipient: string,
  config: Config,
  more: Partial<PlannedMail> = {},
): PlannedMail {
  const id = randomUUID()
  const messageId = `<${id}@${mailDomain(config)}>`
  return {
    id,
    kind,
    recipient,
    messageId,
    priority: 0,
    delay: 0,
    acknowledgement: false,
    notice: false,
    data: {},
    ...more,
  }
}

/** The domain in our Message-IDs: the sender's, as RFC 5322 recommends. */
export function mailDomain(config: Config): string {
  return config.mailFrom.address.split('@').at(-1) ?? 'localhost'
}
