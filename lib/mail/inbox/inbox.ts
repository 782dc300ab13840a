import { createServer } from 'node:http'
import { MailStore } from '#lib/mail/inbox/mail-store'
import { answer } from '#lib/mail/inbox/pages'
import { createReceiver } from '#lib/mail/inbox/smtp-receiver'
import { listenNear } from '#lib/process/ports'

/** The local inbox, used when SMTP_URL is not set: accepts every mail, delivers none, and shows them in a browser. */
export type Inbox = { folder: string; smtpUrl: string; webUrl: string; close(): Promise<void> }

const HOST = '127.0.0.1'
const SMTP_PORT = 1025
const WEB_PORT = 1080

/**
 * Opens the inbox in this process; resolves when it accepts mail. Mails are kept in the folder. It runs in the launcher,
 * because its own process would cost 60 MB, and a thread 40 MB.
 */
export async function openInbox(folder: string): Promise<Inbox> {
  const mailbox = new MailStore(folder)
  await mailbox.open()
  const receiver = createReceiver(mailbox)
  const smtp = await listenNear(receiver.server, SMTP_PORT, HOST)
  const pages = createServer((request, response) => answer(mailbox, request, response))
  const web = await listenNear(pages, WEB_PORT, HOST)
  return {
    folder,
    smtpUrl: `smtp://${HOST}:${smtp}`,
    webUrl: `http://localhost:${web}`,
    async close() {
      pages.close().closeAllConnections()
      await new Promise<void>((done) => receiver.close(done))
    },
  }
}
