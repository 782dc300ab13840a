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
import { contentSecurityPolicy, embeddingHeaders, securityHeaders } from '#server/policy'
import { redirectToFilm } from '#server/redirect-to-film'
import { sendRefusal } from '#server/refusal'
import { checkRequest, limitHeaders, rewrite } from '#server/request-guard'
import { readRoutes } from '#server/routes'
import { findPage, sendPage } from '#server/send-page'
import { ERROR_PAGES, readStaticPages } from '#server/static-pages'
import { sendSubmission, submittedForm } from '#server/submissions'
import { readWhole } from '#server/whole-request'

/**
 * The web process: our HTTP server in front of Next. It limits connections, passes the client's address to handlers, lets
 * only known routes and headers through to Next, serves prerendered pages from memory, and shuts down in order.
 */
const STOP_TIMEOUT_MS = 10_000

/** Next matches crawlers in the User-Agent in quadratic time: 14 KB blocked all requests for half a second. */
const MAX_USER_AGENT = 512

const config = readConfig()
const dev = process.argv.includes('--dev')
// In development, Next prints errors to the terminal.
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
  {
    // Slow requests are ended, so that 2,000 of them can't block others.
    headersTimeout: 15_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    connectionsCheckingInterval: 5000,
    // RFC 9110 §7.8: `Upgrade` may be ignored. Only Next's hot reload uses it, and upgraded connections have no timeout.
    shouldUpgradeCallback: () => dev,
    // `admit` requires Host, and limits how many requests without it are answered.
    requireHostHeader: false,
  },
  (request, response) => {
    respond(request, response).catch((error) => {
      log.error({ err: error }, 'a request failed')
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/html' })
      response.end()
    })
  },
)

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(await connections.admit(request, response))) return
  prepare(request, response)
  replaceErrorPages(response, errorPages)
  const checked = findRoute && checkRequest(request, findRoute)
  if (checked && 'status' in checked) return sendRefusal(checked, request, response)
  request.url = checked?.url ?? rewrite(request, request.url ?? '')
  if (await redirectToFilm(request, response)) return
  const page = findPage(pages, request)
  if (page) return sendPage(page, request, response)
  if (isDemoMedia(request.url)) return sendDemoMedia(request, response)
  if (checked) {
    limitHeaders(request.headers, checked, config.appUrl)
    limitCaching(response, checked.kind)
    const form = submittedForm(request)
    if (form) return sendSubmission(form, request, response)
    if (request.method === 'POST') {
      const whole = await readWhole(request, response)
      return whole && handle(whole, response)
    }
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
  // Next would build URLs from it.
  delete request.headers['x-forwarded-host']
  const path = request.url?.split('?', 1)[0] ?? ''
  for (const [name, value] of Object.entries({ ...headers, ...embeddingHeaders(path) }))
    response.setHeader(name, value)
  if (request.headers['user-agent'])
    request.headers['user-agent'] = request.headers['user-agent'].slice(0, MAX_USER_AGENT)
  // Responses to forms are short, and must not be compressed before `replaceErrorPages` can read them.
  if (request.method === 'POST') delete request.headers['accept-encoding']
  if (dev) return
  const scripts = `'nonce-${randomBytes(16).toString('base64')}' 'strict-dynamic'`
  const policy = contentSecurityPolicy({ scripts, media })
  // Next reads the nonce from this request header, and adds it to the scripts that it renders.
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

/** Stops accepting, finishes running requests within 10 s, and exits 0. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), STOP_TIMEOUT_MS).unref()
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
