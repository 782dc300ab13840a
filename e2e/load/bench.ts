import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { startTestPostgres } from '../stack/postgres.ts'
import { Stack } from '../stack/stack.ts'

/**
 * `npm run bench`: what the service does on this machine, with the load generator on the same cores.
 * Figures are to be read as ratios within one run. Loopback only; ends by itself.
 */
const SECONDS = 5
type Figures = { perSecond: number; p50: number; p99: number }
type Call = { path: string; method: 'GET' | 'POST'; body?: () => string }

function once(origin: string, agent: Agent, call: Call): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = call.body ? { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() } : {}
    const sent = request(`${origin}${call.path}`, { agent, method: call.method, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject).end(call.body?.())
  })
}

async function measure(origin: string, call: Call, atOnce: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const times: number[] = []
  const began = performance.now()
  const runner = async () => {
    while (performance.now() - began < SECONDS * 1000) {
      const start = performance.now()
      const status = await once(origin, agent, call)
      if (status !== 200 && status !== 201) throw new Error(`${call.path} answered ${status}`)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runner))
  agent.destroy()
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { perSecond: (times.length / (performance.now() - began)) * 1000, p50: at(0.5), p99: at(0.99) }
}

const submission: Call = {
  path: '/api/submissions/demo',
  method: 'POST',
  body: () =>
    JSON.stringify({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' }),
}

function report(name: string, { perSecond, p50, p99 }: Figures): void {
  const cells = [
    name.padEnd(34),
    perSecond.toFixed(0).padStart(8),
    p50.toFixed(1).padStart(8),
    p99.toFixed(1).padStart(8),
  ]
  console.log(cells.join(' '))
}

/** Bytes of JavaScript that a page loads, gzip. */
function scriptBytes(html: string): number {
  const files = [...html.matchAll(/<script\b(?![^>]*nomodule)[^>]*\bsrc="([^"?]+)/gi)].map(
    ([, source]) => `.next${source?.replace('/_next', '')}`,
  )
  return [...new Set(files)]
    .filter((file) => existsSync(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).byteLength, 0)
}

async function reportScripts(origin: string): Promise<void> {
  const kilobytes = (html: string) => `${(scriptBytes(html) / 1024).toFixed(1)} kB`
  for (const path of ['/97014', '/demo', '/trial', '/contact'])
    console.log(`JavaScript on ${path.padEnd(20)} ${kilobytes(await (await fetch(origin + path)).text())}`)
  console.log(
    `JavaScript of the framework alone   ${kilobytes(readFileSync('.next/server/app/privacy.html', 'utf8'))}`,
  )
}

async function bench(): Promise<void> {
  const stopPostgres = await startTestPostgres()
  const stack = await new Stack().start({ WORKER: 'off', LOG_LEVEL: 'warn' })
  try {
    await measure(stack.url, submission, 16) // warm
    console.log(`${''.padEnd(34)} ${'a second'.padStart(8)} ${'p50 ms'.padStart(8)} ${'p99 ms'.padStart(8)}`)
    for (const atOnce of [1, 16, 64]) {
      report(`submissions, ${atOnce} at once`, await measure(stack.url, submission, atOnce))
      report(
        `empty route handler, ${atOnce} at once`,
        await measure(stack.url, { path: '/healthz', method: 'GET' }, atOnce),
      )
    }
    report('prerendered /97014, 16 at once', await measure(stack.url, { path: '/97014', method: 'GET' }, 16))
    await stack.query(
      `update mails set state = 'held' where id in (select id from mails where state = 'queued' offset 1000)`,
    )
    const [{ waiting = 0 } = {}] = await stack.query<{ waiting: number }>(
      `select count(*)::int as waiting from mails where state = 'queued'`,
    )
    stack.startWorker()
    await stack.sink.waitFor(() => true, 30_000)
    const began = Date.now()
    while (stack.sink.arrived.length < waiting && Date.now() - began < 120_000)
      await new Promise((done) => setTimeout(done, 50))
    console.log(
      `mails drained: ${((stack.sink.arrived.length / (Date.now() - began)) * 1000).toFixed(0)} a second (the test's mail server waits 100 ms before it greets)`,
    )
    await reportScripts(stack.url)
  } finally {
    await stack.stop()
    await stopPostgres()
  }
}

await bench()
