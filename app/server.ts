import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { clientAddress } from '#app/client-address'
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

/** Next looks for crawlers in the User-Agent by a pattern of quadratic time: 14 KB held up everybody for half a second. */
const LONGEST_USER_AGENT = 512

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
  },
  (request, response) => {
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

function prepare(request: IncomingMessage, response: ServerResponse): void {
  request.headers['x-trackstat-address'] = clientAddress(request, config.trustProxy)
  // Nothing of ours is made from these, and Next must not make anything of them either.
  delete request.headers['x-forwarded-host']
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (request.headers['user-agent'])
    request.headers['user-agent'] = request.headers['user-agent'].slice(0, LONGEST_USER_AGENT)
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
let stopping = false
function stop(): void {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(0), STOP_MS).unref()
  server.close(async () => {
    await closeDatabase()
    log.info('the site has stopped')
    process.exit(0)
  })
  server.closeIdleConnections()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
exitWithParent(() => new Promise((resolve) => server.close(resolve)))
