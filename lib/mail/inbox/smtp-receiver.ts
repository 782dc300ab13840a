import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { MailStore } from '#lib/mail/inbox/mail-store'

const MAX_MAIL_BYTES = 25 * 1024 * 1024

/** An SMTP server that accepts any sign-in, or none, and stores every mail. The caller binds it to loopback. */
export function createReceiver(mailbox: MailStore): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
    onData: (stream, _session, done) => {
      buffer(stream)
        .then((mail) => mailbox.keep(mail))
        .then(() => done(), done)
    },
  })
  // A client that disconnects in the middle of its mail must not end the process.
  server.on('error', () => {})
  return server
}
