import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { readConfig } from '#lib/config'
import { closeDatabase } from '#lib/db/connection'
import { log } from '#lib/log'
import { logConsole, logCrash } from '#lib/log-console'
import { exitWithParent } from '#lib/process/parent'
import { limitCaching } from '#server/caching'
import { clientAddress } from '#server/client-address'
import { Connections } from '#server/connections/connections'
import { isDemoMedia, sendDemoMedia } from '#server/demo-media'
import { replaceErrorPages } from '#server/error-pages'
import { contentSecurityPolicy, securityHeaders } from '#server/policy'
import { sendRefusal } from '#server/refusal'
import { checkRequest, limitHeaders, rewrite } from '#server/request-guard'
import { readRoutes } from '#server/routes'
import { findPage, sendPage } from '#server/send-page'
import { ERROR_PAGES, readStaticPages } from '#server/static-pages'

/**
 * The web process: Next behind a server of our own. It bounds what connections can hold, tells handlers the client's
 * address, lets only known routes and headers through to Next, answers prerendered pages from memory, and stops in order.
 */
const STOP_MS = 10_000

/** Next looks for crawlers in the User-Agent by a pattern of quadratic time: 14 KB held up everybody for half a second. */
const MAX_USER_AGENT = 512

const config = readConfig()
const dev = process.argv.includes('--dev')
// In development errors are shown in the terminal as they are.
if (!dev) {
  logConsole()
  logCrash()
}
const pages = dev ? new Map() : readStaticPages(config)
const findRoute = dev ? undefined : readRoutes()
const errorPages = { 404: pages.get(ERROR_PAGES[404]), 500: pages.get(ERROR_PAGES[500]) }
const app = next({ dev, hostname: config.host, port: config.port })
await app.prepare()
const handle = app.getRequestHandler()
const headers = securityHeaders(config.appUrl)
const media = config.demoVideoUrl?.startsWith('http') ? new URL(config.demoVideoUrl).origin : ''

const server = createServer(
  // Slow requests are ended: 2,000 of them must not block others.
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
  (request, response) => {
    answer(request, response).catch((error) => {
      log.error({ err: error }, 'a request failed')
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/html' })
      response.end()
    })
  },
)

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(await connections.admit(request, response))) return
  prepare(request, response)
  replaceErrorPages(response, errorPages)
  const checked = findRoute && checkRequest(request, findRoute)
  if (checked && 'status' in checked) return sendRefusal(checked, request, response)
  request.url = checked?.url ?? rewrite(request, request.url ?? '')
  const page = findPage(pages, request)
  if (page) return sendPage(page, request, response)
  if (isDemoMedia(request.url)) return sendDemoMedia(request, response)
  if (checked) {
    limitHeaders(request.headers, checked, config.appUrl)
    limitCaching(response, checked.kind)
  }
  await handle(request, response)
}

const connections = new Connections(server, {
  all: 2000,
  // Behind a proxy every connection comes from the proxy.
  perClient: config.trustProxy ? Number.POSITIVE_INFINITY : 500,
})

function prepare(request: IncomingMessage, response: ServerResponse): void {
  request.headers['x-trackstat-address'] = clientAddress(request, config.trustProxy)
  // Next would build addresses from it.
  delete request.headers['x-forwarded-host']
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (request.headers['user-agent'])
    request.headers['user-agent'] = request.headers['user-agent'].slice(0, MAX_USER_AGENT)
  // The answer to a form is short, and one that could not be taken has to be put into our frame first.
  if (request.method === 'POST') delete request.headers['accept-encoding']
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
