import { randomUUID } from 'node:crypto'
import type { MailKind } from '#emails/index'
import type { Config } from '#lib/config'
import { type FormName, forms } from '#lib/forms/forms'

/** A mail that is to be sent, before it has a row. */
export type PlannedMail = {
  id: string
  kind: MailKind
  recipient: string
  messageId: string
  priority: number
  /** Seconds that it waits before its first attempt. */
  delay: number
  /** Answers somebody who may have typed another's address: subject to `lib/mail/allowance.ts`. */
  acknowledgement: boolean
  /** Tells support of a submission: folded into a digest where many come at once. */
  notice: boolean
  data: Record<string, unknown>
}

/** The mail that answers a form to the person who filled it out; undefined where the form declares none. */
export function acknowledgementOf(form: FormName): MailKind | undefined {
  const declared: { noun: string; acknowledgement?: MailKind } = forms[form]
  return declared.acknowledgement
}

/** Kinds with an unsubscribe link: not sent to an address that unsubscribed. A confirmation is sent all the same. */
export const SUPPRESSIBLE: MailKind[] = ['demo-thanks', 'inquiry-received', 'trial-ending', 'trial-ended']

/** Support's notices go before all others: a lead that waits is a lead that is lost. */
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
 * The mails of a trial that has just started: a notice to support, and the dates to the person.
 * @param delay seconds that the latter waits
 */
export function planStart(recipient: string, delay: number, config: Config): PlannedMail[] {
  return [
    ...config.supportEmails.map((to) => planNotice(to, config, { about: 'trial-confirmed' })),
    plan('trial-welcome', recipient, config, { delay }),
  ]
}

/** A reminder. `due` names the date that it is about: the same one is never queued twice. */
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

/** A mail with its Message-ID, which is fixed from here on and the same on each retry (RFC 5322 §3.6.4). */
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
