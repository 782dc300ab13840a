import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { startTestPostgres } from './stack/postgres.ts'

/** `npm test`: everything, cheapest checks first. Ends with `N passed, N failed`. */
const RESULTS = 'e2e/results'
const began = Date.now()
let passed = 0
let failed = 0

function run(command: string, ...args: string[]): boolean {
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: `${RESULTS}/playwright.json` }
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0
}

/** Prints the start of a part with the elapsed time. */
function begin(part: string): void {
  console.log(`\n— ${part} (after ${Math.round((Date.now() - began) / 1000)} s)`)
}

function check(name: string, step: () => boolean): void {
  begin(name)
  if (step()) passed++
  else failed++
}

/** A build with warnings fails, because permanent warnings are never read. */
function build(): boolean {
  const { status, stdout, stderr } = spawnSync('node', ['server/build.ts'], { encoding: 'utf8' })
  const output = `${stdout}${stderr}`
  console.log(output)
  return status === 0 && !/⚠|\bwarn(ing)?s?\b/i.test(output)
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(`${RESULTS}/${file}`, 'utf8'))
  } catch {
    return undefined
  }
}

/** A missing report counts as a failure, and so does a skipped test. */
function count(name: string, ok: boolean, counted: { passed: number; all: number } | undefined): void {
  const { passed: good, all } = counted ?? { passed: 0, all: 1 }
  passed += good
  failed += Math.max(all - good, ok ? 0 : 1)
  console.log(`${name}: ${good} of ${all} passed`)
}

type VitestReport = {
  numPassedTests: number
  numTotalTests: number
  testResults: { name: string; message: string; assertionResults: Assertion[] }[]
}
type Assertion = { status: string; fullName: string; failureMessages: string[] }

/** Repeats the Vitest failures at the end, because a log is often cut to its last lines. */
function printFailures(report: VitestReport): void {
  for (const { name, message, assertionResults } of report.testResults) {
    if (message) console.log(`✗ ${name}: ${message}`)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') console.log(`✗ ${fullName}\n${failureMessages.join('\n')}`)
  }
}

async function main(): Promise<void> {
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  check('types', () => run('tsc', '--noEmit'))
  check('lint and format', () => run('biome', 'check'))
  check('production build, without a warning', build)
  const stop = await startTestPostgres()
  try {
    begin('unit, integration and fault tests')
    const vitest = run(
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${RESULTS}/vitest.json`,
    )
    const units = read('vitest.json') as VitestReport | undefined
    count('vitest', vitest, units && { passed: units.numPassedTests, all: units.numTotalTests })
    begin('end to end, in a browser')
    const playwright = run('playwright', 'test', '--reporter=line,json')
    const stats = (read('playwright.json') as { stats: Record<string, number> } | undefined)?.stats
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {}
    count(
      'playwright',
      playwright,
      stats && { passed: expected, all: expected + unexpected + flaky + skipped },
    )
    if (units) printFailures(units)
  } finally {
    await stop()
  }
  console.log(`\n${Math.round((Date.now() - began) / 1000)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}

await main()
