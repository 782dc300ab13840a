import type { MailKind } from '#emails/index'
import type { Config } from '#lib/config'
import { parseEmail } from '#lib/forms/email'
import type { Mailbox } from '#lib/mailbox'

/** Whom each kind of mail is for. Sender and headers follow from it. */
const AUDIENCE: Record<MailKind, 'visitor' | 'support'> = {
  'support-notice': 'support',
  'notice-digest': 'support',
  'spam-digest': 'support',
  alarm: 'support',
  'demo-thanks': 'visitor',
  'inquiry-received': 'visitor',
  'trial-confirm': 'visitor',
  'trial-welcome': 'visitor',
  'trial-access': 'visitor',
  'trial-ending': 'visitor',
  'trial-ended': 'visitor',
  'trial-changed': 'visitor',
}

/** The sender of a mail, in its From header and in the SMTP envelope (DMARC wants both in one domain). */
export function senderOf(kind: string, config: Pick<Config, 'mailFrom' | 'noticeFrom'>): Mailbox {
  return AUDIENCE[kind as MailKind] === 'support' ? config.noticeFrom : config.mailFrom
}

/**
 * Headers that stop automatic replies (RFC 3834), for mails to visitors only: many help desks suspend or discard mail
 * that is marked as automatic, bulk or list mail.
 */
export function automaticHeaders(kind: MailKind): Record<string, string> {
  if (AUDIENCE[kind] === 'support') return {}
  return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
}

/** Whether a notice to `recipient` is sent from that same mailbox. Gmail and others then ignore Reply-To. */
export function isSentToItself(recipient: string, { noticeFrom }: Pick<Config, 'noticeFrom'>): boolean {
  return parseEmail(recipient)?.canonical === parseEmail(noticeFrom.address)?.canonical
}

/** The warning about notices whose sender is also their recipient; undefined where there is none. */
export function warnOfOwnReplies(config: Pick<Config, 'noticeFrom' | 'supportEmails'>): string | undefined {
  const [same] = config.supportEmails.filter((recipient) => isSentToItself(recipient, config))
  return (
    same &&
    `notices go from ${same} to itself: Gmail and others then ignore Reply-To, and a reply goes to ${same}. ` +
      'Answer with the reply button in the notice, or set NOTICE_FROM to another address'
  )
}
