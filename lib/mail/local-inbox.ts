import { mkdir } from 'node:fs/promises'
import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { MailDev } from 'maildev'
import { log } from '#lib/log'
import { logConsole, logCrash } from '#lib/log-console'
import { exitWithParent } from '#lib/process/orphan'
import { nextFreePort } from '#lib/process/ports'

/**
 * The mail server for trying out: takes every mail, delivers none, and shows them in a browser. A
 * process of its own, so that a fault in it hurts nothing else. Its mails stay in MAIL_FOLDER.
 */
const HOST = '127.0.0.1'
/** Each is read again at a start; more would make it slow, and nobody tries out with so many. */
const MAX_KEPT = 1_000

/** What the launcher is told when the catcher listens. */
export type CatcherReady = { smtpPort: number; webPort: number }

async function catchMail(folder: string, wished: CatcherReady): Promise<CatcherReady> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const smtpPort = await nextFreePort(wished.smtpPort, HOST)
  const webPort = await nextFreePort(wished.webPort, HOST, [smtpPort])
  const maildev = new MailDev({
    smtp: smtpPort,
    web: webPort,
    ip: HOST,
    webIp: HOST,
    mailDirectory: folder,
    maxEmails: MAX_KEPT,
    silent: true,
  })
  const { api } = await maildev.start()
  if (api) refuseForeignPages(api.server.server)
  const stop = async () => {
    await maildev.stop()
    process.exit(0)
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
  exitWithParent(stop)
  return { smtpPort, webPort }
}

/**
 * MailDev lets scripts of every website read the inbox (its CORS headers say so to all), and answers
 * to any host name, which a rebound DNS name passes for. Only a person who opens it, and its own page, get in.
 */
function refuseForeignPages(server: Server): void {
  for (const event of ['request', 'upgrade'] as const) {
    const own = server.listeners(event)
    server.removeAllListeners(event)
    server.on(event, (request: IncomingMessage, answer: ServerResponse | Duplex, ...rest: unknown[]) => {
      if (isOwn(request)) for (const listener of own) listener.call(server, request, answer, ...rest)
      else if (answer instanceof ServerResponse)
        answer.writeHead(403).end('The inbox is for this machine alone.')
      else answer.destroy()
    })
  }
}

function isOwn({ headers, method }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)) return false
  if (mode === 'navigate' && method === 'GET') return true
  return (origin === undefined || origin === `http://${host}`) && (site === 'none' || site === 'same-origin')
}

logConsole()
logCrash()
// MailDev announces its ports there; the banner does.
console.info = () => {}
const { MAIL_FOLDER = 'data/mail', MAIL_SMTP_PORT = '1025', MAIL_WEB_PORT = '1080' } = process.env
const wished = { smtpPort: Number(MAIL_SMTP_PORT), webPort: Number(MAIL_WEB_PORT) }
catchMail(MAIL_FOLDER, wished).then(
  (ready) => process.send?.(ready),
  (error) => {
    log.error({ err: error }, 'the mail catcher could not start')
    process.exit(1)
  },
)
