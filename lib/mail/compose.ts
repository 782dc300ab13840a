import DKIM from 'nodemailer/lib/dkim'
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer'
import { type MailKind, type MailProps, renderMail } from '#emails/index'
import { type Config, isLoopback } from '#lib/config'
import type { Mailbox } from '#lib/mailbox'

/** What a mail is made of, besides its template: everything that goes into headers. */
export type Letter<Kind extends MailKind = MailKind> = {
  kind: Kind
  props: MailProps[Kind]
  recipient: string
  messageId: string
  date: Date
  replyTo?: Mailbox
  /** In place of the template's subject: a thread keeps its first one. */
  subject?: string
  /** Message-ID that the thread hangs on. */
  thread?: string
  unsubscribeUrl?: string
  /** Which of a trial's codes it holds. */
  codeIssue?: number
  attachments?: { filename: string; contentType: string; content: string }[]
}

/**
 * A mail as the bytes that go out: HTML and text, signed where DKIM is set. Composed once for each
 * mail; the bytes are kept, so that every retry sends the same.
 */
export async function compose(letter: Letter, config: Config): Promise<Buffer> {
  const { subject, html, text } = await renderMail(letter.kind, letter.props)
  const options: MailComposerOptions = {
    from: withPlainName(config.mailFrom),
    // As objects: a string with a comma in it would become two addresses.
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
      // RFC 3834: no out-of-office answers to a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...unsubscribeHeaders(letter.unsubscribeUrl),
    },
    // No file and no address is ever read into a mail, whatever stands in it.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  const raw = await new MailComposer(options).compile().build()
  return config.dkim ? sign(raw, config.dkim) : raw
}

/**
 * Text without `=?`, which begins an encoded word (RFC 2047). nodemailer quotes or encodes one, so that it is shown as
 * it was typed; some programs decode it all the same, and find a line break and another header in it. No space is put
 * between: a header may be folded there, and not every program unfolds it as a space.
 */
function withoutEncodedWords(text: string): string {
  return text.replace(/=\?+/g, '=')
}

function withPlainName({ name, address }: Mailbox): Mailbox {
  return { name: withoutEncodedWords(name), address }
}

/** RFC 8058: one click in the mail program, no page to visit. Mail programs take https addresses only. */
function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (!url) return {}
  const oneClick = url.startsWith('https:') || isLoopback(url)
  return {
    'List-Unsubscribe': `<${url}>`,
    ...(oneClick && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  }
}

/** RFC 8058 §4: mail programs offer one click only where the signature covers both headers of it. */
const SIGNED =
  'From:To:Reply-To:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post'

async function sign(raw: Buffer, dkim: NonNullable<Config['dkim']>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of new DKIM({ ...dkim, headerFieldNames: SIGNED }).sign(raw))
    chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
