import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { MailStore } from '#lib/mail/inbox/mail-store'

const MAX_MAIL_BYTES = 25 * 1024 * 1024
/** How long a connected client may go on when the inbox closes; the launcher waits for that. */
const CLOSE_TIMEOUT_MS = 1_000

/** An SMTP server that accepts any sign-in, or none, and stores every mail. The caller binds it to loopback. */
export function createReceiver(mailbox: MailStore): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
    onData: (stream, _session, done) => {
      readMail(stream)
        .then((mail) => mailbox.keep(mail))
        .then(() => done(), done)
    },
  })
  // A client that disconnects in the middle of its mail must not end the process.
  server.on('error', () => {})
  return server
}

/**
 * Reads a mail, also a too long one, to its end, because the client reads no answer before.
 * @throws with reply code 552 above the announced size, which smtp-server only counts
 */
async function readMail(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) {
    if (stream.sizeExceeded) chunks.length = 0
    else chunks.push(chunk)
  }
  if (stream.sizeExceeded) throw Object.assign(new Error('The mail is too long'), { responseCode: 552 })
  return Buffer.concat(chunks)
}
