import lighthouse, { type RunnerResult } from 'lighthouse'
import { chromium } from 'playwright'
import config from '../../playwright.config.ts'
import { freePort } from '../stack/free-port.ts'
import { startTestPostgres } from '../stack/postgres.ts'
import { Stack } from '../stack/stack.ts'

/**
 * `npm run bench:pages`: Lighthouse's mobile run (simulated slow 4G, a processor four times slower) on the
 * production build. The median of three runs by performance score.
 */
const RUNS = 3
const pages = ['/', '/97014', '/demo', '/trial', '/contact']
const categories = ['performance', 'accessibility', 'best-practices', 'seo']
const audits = {
  'LCP ms': 'largest-contentful-paint',
  'blocked ms': 'total-blocking-time',
  shift: 'cumulative-layout-shift',
  'first paint ms': 'first-contentful-paint',
}

async function run(url: string, port: number): Promise<RunnerResult['lhr']> {
  const result = await lighthouse(url, { port, logLevel: 'error', onlyCategories: categories })
  if (!result) throw new Error(`Lighthouse gave no result for ${url}`)
  return result.lhr
}

async function middle(url: string, port: number): Promise<RunnerResult['lhr']> {
  const results: RunnerResult['lhr'][] = []
  for (let count = 0; count < RUNS; count++) results.push(await run(url, port))
  const score = (lhr: RunnerResult['lhr']) => lhr.categories.performance?.score ?? 0
  const sorted = results.sort((one, other) => score(one) - score(other))
  return sorted[Math.floor(RUNS / 2)] as RunnerResult['lhr']
}

function report(path: string, lhr: RunnerResult['lhr']): void {
  const scores = categories.map((name) => Math.round((lhr.categories[name]?.score ?? 0) * 100))
  const values = Object.values(audits).map((name) => lhr.audits[name]?.numericValue ?? Number.NaN)
  const cells = [...scores.map(String), ...values.map((value) => value.toFixed(value < 1 ? 3 : 0))]
  console.log(path.padEnd(10) + cells.map((cell) => cell.padStart(15)).join(''))
  const counted = new Set(
    Object.values(lhr.categories).flatMap(({ auditRefs }) =>
      auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id),
    ),
  )
  for (const { id, title, score, displayValue = '' } of Object.values(lhr.audits))
    if (counted.has(id) && score !== null && score < 0.9) console.log(`  ${id}: ${title} ${displayValue}`)
}

const stopPostgres = await startTestPostgres({ durable: true })
const stack = await new Stack().start({ WORKER: 'off', LOG_LEVEL: 'warn' })
const port = await freePort()
const { args = [], ...options } = config.use?.launchOptions ?? {}
const browser = await chromium.launch({ ...options, args: [...args, `--remote-debugging-port=${port}`] })
try {
  console.log(
    ' '.repeat(10) + [...categories, ...Object.keys(audits)].map((name) => name.padStart(15)).join(''),
  )
  for (const path of pages) report(path, await middle(stack.url + path, port))
} finally {
  await browser.close()
  await stack.stop()
  await stopPostgres()
}
