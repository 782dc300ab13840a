import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { clientAddress } from '#app/client-address'
import { Connections } from '#app/connections/connections'
import { isDemoMedia, sendDemoMedia } from '#app/demo-media'
import { replaceFailures } from '#app/failure'
import { contentSecurityPolicy, securityHeaders } from '#app/policy'
import { findPage, readPrerendered, STAND_INS, sendPage } from '#app/prerendered'
import { readConfig } from '#lib/config'
import { closeDatabase } from '#lib/db/connection'
import { log } from '#lib/log'
import { exitWithParent } from '#lib/start/orphan'

/**
 * The web process: Next behind a server of our own, which knows three things that Next does not tell a
 * handler: the address of the connection, the deadline for slow senders, and when to stop.
 */
const STOP_MS = 10_000

/** Pages that post to their own address, as a link scanner or a mail program sees only that one. */
const POSTS: Record<string, string> = {
  '/trial/confirm': '/api/trials/confirm',
  '/unsubscribe': '/api/unsubscribe',
}

const config = readConfig()
const dev = process.argv.includes('--dev')
const pages = dev ? new Map() : readPrerendered(config)
const standIns = { 404: pages.get(STAND_INS[404]), 500: pages.get(STAND_INS[500]) }
const app = next({ dev, hostname: config.host, port: config.port })
await app.prepare()
const handle = app.getRequestHandler()
const headers = securityHeaders(config.appUrl)
const media = config.demoVideoUrl?.startsWith('http') ? new URL(config.demoVideoUrl).origin : ''

const server = createServer(
  // A request that takes its time is ended: 2,000 of them must not keep others out.
  {
    headersTimeout: 15_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    connectionsCheckingInterval: 5000,
    // RFC 9110 §7.8: the header may be ignored. Only Next's reloading takes an upgrade, and what took it has no deadline.
    shouldUpgradeCallback: () => dev,
    // `admit` requires it, and counts.
    requireHostHeader: false,
  },
  async (request, response) => {
    if (!(await connections.admit(request, response))) return
    prepare(request, response)
    const page = findPage(pages, request)
    if (page) return sendPage(page, request, response)
    replaceFailures(response, standIns)
    const answer = isDemoMedia(request) ? sendDemoMedia : handle
    answer(request, response).catch((error) => {
      log.error({ err: error }, 'a request failed')
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/html' })
      response.end()
    })
  },
)

const connections = new Connections(server, {
  all: 2000,
  // Behind a proxy every connection comes from the proxy.
  perClient: config.trustProxy ? Number.POSITIVE_INFINITY : 500,
})

function prepare(request: IncomingMessage, response: ServerResponse): void {
  request.headers['x-trackstat-address'] = clientAddress(request, config.trustProxy)
  // Nothing of ours is made from these, and Next must not make anything of them either.
  delete request.headers['x-forwarded-host']
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (request.method === 'POST') {
    // The answer to a form is short, and one that could not be taken has to be put into our frame first.
    delete request.headers['accept-encoding']
    const [path = '', query = ''] = (request.url ?? '').split('?')
    if (Object.hasOwn(POSTS, path)) request.url = `${POSTS[path]}${query && `?${query}`}`
  }
  if (dev) return
  const scripts = `'nonce-${randomBytes(16).toString('base64')}' 'strict-dynamic'`
  const policy = contentSecurityPolicy({ scripts, media })
  // Next puts the nonce, which it reads from the request, into the scripts of a page that it renders now.
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
}

server.listen(config.port, config.host, () =>
  log.info({ host: config.host, port: config.port }, 'the site is served'),
)
server.on('error', (error) => {
  log.fatal({ err: error }, 'the site can’t be served')
  process.exit(1)
})

/** Takes no more, finishes what is under way within 10 s, and exits 0. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), STOP_MS).unref()
  await connections.close()
  await closeDatabase()
  log.info('the site has stopped')
  process.exit(0)
}
let stopping: Promise<void> | undefined
const stopOnce = () => {
  stopping ??= stop()
  return stopping
}
process.on('SIGTERM', stopOnce)
process.on('SIGINT', stopOnce)
exitWithParent(stopOnce)
