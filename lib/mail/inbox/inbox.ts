import { once } from 'node:events'
import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { answer } from '#lib/mail/inbox/pages'
import { createReceiver } from '#lib/mail/inbox/receiver'
import { Mailbox } from '#lib/mail/inbox/store'
import { nextFreePort } from '#lib/process/ports'

/**
 * The inbox for trying out: takes every mail, delivers none, and shows them in a browser. Runs as a thread of the
 * launcher (`lib/launcher/inbox.ts`), which is told the ports.
 */
export type InboxPorts = { smtp: number; web: number }

const HOST = '127.0.0.1'

const { folder, ports: wished } = workerData as { folder: string; ports: InboxPorts }
const mailbox = new Mailbox(folder)
await mailbox.open()
const smtp = await nextFreePort(wished.smtp, HOST)
const web = await nextFreePort(wished.web, HOST, [smtp])
const receiver = createReceiver(mailbox)
receiver.listen(smtp, HOST)
const site = createServer((request, response) => answer(mailbox, request, response)).listen(web, HOST)
await Promise.all([once(receiver.server, 'listening'), once(site, 'listening')])
parentPort?.postMessage({ smtp, web } satisfies InboxPorts)
