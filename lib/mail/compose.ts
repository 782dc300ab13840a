import DKIM from 'nodemailer/lib/dkim'
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer'
import { type MailKind, type MailProps, renderMail } from '#emails/index'
import { type Config, isLoopback } from '#lib/config'
import { automaticHeaders, senderOf } from '#lib/mail/audience'
import type { Mailbox } from '#lib/mailbox'

/** A mail before composition: the props of its template, and the contents of its headers. */
export type Letter<Kind extends MailKind = MailKind> = {
  kind: Kind
  props: MailProps[Kind]
  recipient: string
  messageId: string
  date: Date
  replyTo?: Mailbox
  /** Replaces the template's subject, because a thread keeps its first one. */
  subject?: string
  /** Message-ID of the thread's root. */
  thread?: string
  unsubscribeUrl?: string
  /** Number of the trial's confirmation code that the mail contains. */
  codeIssue?: number
  attachments?: { filename: string; contentType: string; content: string }[]
}

/**
 * Composes a mail: HTML and text, signed where DKIM is set. Done once for each mail; the bytes are stored, so that every
 * retry sends the same.
 */
export async function compose(letter: Letter, config: Config): Promise<Buffer> {
  const { subject, html, text } = await renderMail(letter.kind, letter.props)
  const options: MailComposerOptions = {
    from: withPlainName(senderOf(letter.kind, config)),
    // As an object, because a string with a comma would become two addresses.
    to: { name: '', address: letter.recipient },
    replyTo: letter.replyTo && withPlainName(letter.replyTo),
    subject: withoutEncodedWords(letter.subject ?? subject),
    text,
    html,
    attachments: letter.attachments,
    messageId: letter.messageId,
    inReplyTo: letter.thread,
    references: letter.thread,
    date: letter.date,
    headers: {
      ...automaticHeaders(letter.kind),
      ...unsubscribeHeaders(letter.unsubscribeUrl),
    },
    // Never reads files or URLs into a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  const raw = await new MailComposer(options).compile().build()
  return config.dkim ? sign(raw, config.dkim) : raw
}

/**
 * Removes `=?`, the start of an encoded word (RFC 2047). nodemailer escapes it, but some clients decode it again and could
 * find a line break and a header in it. Not replaced by a space, because headers may be folded there, and not every client
 * unfolds them correctly.
 */
function withoutEncodedWords(text: string): string {
  return text.replace(/=\?+/g, '=')
}

function withPlainName({ name, address }: Mailbox): Mailbox {
  return { name: withoutEncodedWords(name), address }
}

/** One-click unsubscribe (RFC 8058). Mail clients accept https URLs only. */
function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (!url) return {}
  const oneClick = url.startsWith('https:') || isLoopback(url)
  return {
    'List-Unsubscribe': `<${url}>`,
    ...(oneClick && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  }
}

/** Mail clients offer one-click unsubscribe only if the signature covers both of its headers (RFC 8058 §4). */
const SIGNED =
  'From:To:Reply-To:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post'

async function sign(raw: Buffer, dkim: NonNullable<Config['dkim']>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of new DKIM({ ...dkim, headerFieldNames: SIGNED }).sign(raw))
    chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
