import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveTrialSql } from '../stack/move-trial.ts'
import { Stack } from '../stack/stack.ts'

/** Responses for known and unknown addresses are the same, timing included. */
const EACH = 400
const stack = new Stack()
beforeAll(async () => void (await stack.start({ WORKER: 'off' })))
afterAll(() => stack.stop())

const ask = (email: string, name: string) =>
  stack.post('trial', { name, email, company: 'Desert Spine', terms: true })
const quantile = (times: number[], part: number) =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * part)] ?? 0
const median = (times: number[]) => quantile(times, 0.5)

/** How often guessing "the slower one is known" is right; 0.5 is chance (area under the ROC curve, Mann-Whitney U). */
function guessRate(known: number[], unknown: number[]): number {
  let right = 0
  for (const one of known) for (const other of unknown) right += one > other ? 1 : one === other ? 0.5 : 0
  return right / (known.length * unknown.length)
}

const KINDS = ['new', 'control', 'pending', 'running', 'had'] as const
const KNOWN = ['pending', 'running', 'had'] as const

/** Headers of the connection, not of the response: keep-alive, and how the body was transferred. */
const TRANSPORT = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']

/** A response without its reference, the signed part of its cookie, and the time. */
async function shapeOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => !TRANSPORT.includes(name))
  const text = JSON.stringify([answer.status, headers, await answer.text()])
  return (
    text
      // The cookie first, because its signature may contain text that looks like a reference.
      .replace(/ts_visitor=[^;]+/, (cookie) => `ts_visitor of ${cookie.length}`)
      .replace(/TS-\w{8}/g, 'TS')
      .replace(/nonce-[\w+/=]+/, 'nonce')
  )
}

/** Creates the earlier requests of each round: pending, with a running trial, and with an ended one. */
async function prepare(): Promise<void> {
  for (let at = 0; at < EACH; at += 10)
    await Promise.all(
      KNOWN.flatMap((kind) =>
        Array.from({ length: 10 }, (_, next) => ask(`${kind}${at + next}@example.com`, 'Earlier')),
      ),
    )
  const move = (set: string, where: string) =>
    stack.query(moveTrialSql(set, `t.lead_id in (select l.id from leads l where ${where})`))
  const started = `l.email like any (array['running%', 'had%'])`
  await move(`state = 'confirmed'`, started)
  await move(`state = 'active', starts_at = now(), ends_at = now() + interval '14 days'`, started)
  for (const state of ['ending', 'expired']) await move(`state = '${state}'`, `l.email like 'had%'`)
}

test('2,000 requests: new addresses, a control group of new ones, pending, running and ended trials', async () => {
  await prepare()
  const times = Object.fromEntries(KINDS.map((kind) => [kind, [] as number[]])) as Record<
    (typeof KINDS)[number],
    number[]
  >
  const shapes = new Set<string>()
  for (let at = 0; at < EACH; at++)
    // Another order each round, so that no kind is always first.
    for (let turn = 0; turn < KINDS.length; turn++) {
      const kind = KINDS[(at + turn) % KINDS.length] ?? 'new'
      const begun = performance.now()
      const answer = await ask(`${kind}${at}@example.com`, 'Jane Roe')
      times[kind].push(performance.now() - begun)
      shapes.add(await shapeOf(answer))
    }
  for (const kind of KINDS)
    console.log(
      `[faults] ${kind}: median ${median(times[kind]).toFixed(2)} ms, p90 ${quantile(times[kind], 0.9).toFixed(2)} ms,`,
      `guessed from the time: ${(100 * guessRate(times[kind], times.new)).toFixed(1)} % (50 is chance)`,
    )
  // Status, headers, body and cookie are the same for all.
  expect([...shapes]).toEqual([...shapes].slice(0, 1))
  // By rank, which other load does not change. The standard error is 0.02 for 400 against 400.
  for (const kind of KNOWN) expect(Math.abs(guessRate(times[kind], times.new) - 0.5), kind).toBeLessThan(0.1)
})
