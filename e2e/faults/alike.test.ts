import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stack } from '../stack/stack.ts'

/** Answers to known and unknown addresses are alike, in time too: else anybody could ask who has a trial. */
const EACH = 500
const stack = new Stack()
beforeAll(async () => void (await stack.start({ WORKER: 'off' })))
afterAll(() => stack.stop())

const ask = (email: string, name: string) =>
  stack.post('trial', { name, email, company: 'Desert Spine', terms: true })
const quantile = (times: number[], part: number) =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * part)] ?? 0
const median = (times: number[]) => quantile(times, 0.5)

/**
 * How often a guesser is right who takes the slower one of a known and an unknown address for the known one:
 * 0.5 is a coin (the area under the ROC curve, Mann-Whitney's U over all pairs).
 */
function guessRight(known: number[], unknown: number[]): number {
  let right = 0
  for (const one of known) for (const other of unknown) right += one > other ? 1 : one === other ? 0.5 : 0
  return right / (known.length * unknown.length)
}

test('2,000 requests: new, new again as the control, pending and running', async () => {
  const kinds = ['new', 'control', 'pending', 'running'] as const
  for (const kind of ['pending', 'running'])
    for (let at = 0; at < EACH; at++) await ask(`${kind}${at}@example.com`, 'Earlier')
  await stack.query(
    `update trials t set state = 'confirmed' from leads l where l.id = t.lead_id and l.email like 'running%'`,
  )
  await stack.query(
    `update trials set state = 'active', starts_at = now(), ends_at = now() + interval '14 days' where state = 'confirmed'`,
  )
  const times = {
    new: [] as number[],
    control: [] as number[],
    pending: [] as number[],
    running: [] as number[],
  }
  const statuses = new Set<number>()
  for (let at = 0; at < EACH; at++)
    // Each round in another order: who comes first in a round must not always be the same.
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(at + turn) % kinds.length] ?? 'new'
      const begun = performance.now()
      const answer = await ask(`${kind}${at}@example.com`, 'Jane Roe')
      times[kind].push(performance.now() - begun)
      statuses.add(answer.status)
      await answer.arrayBuffer()
    }
  const medians = Object.fromEntries(kinds.map((kind) => [kind, median(times[kind])])) as Record<
    (typeof kinds)[number],
    number
  >
  for (const kind of kinds)
    console.log(
      `[faults] ${kind}: median ${medians[kind].toFixed(2)} ms, p90 ${quantile(times[kind], 0.9).toFixed(2)} ms,`,
      `guessed from the time: ${(100 * guessRight(times[kind], times.new)).toFixed(1)} % (50 is a coin)`,
    )
  expect([...statuses]).toEqual([201])
  const noise = Math.max(3 * Math.abs(medians.new - medians.control), 0.15 * medians.new)
  for (const kind of ['pending', 'running'] as const) {
    expect(Math.abs(medians[kind] - medians.new)).toBeLessThan(noise)
    // Chance alone moves it by 0.018 (one standard error of 500 against 500).
    expect(Math.abs(guessRight(times[kind], times.new) - 0.5)).toBeLessThan(0.1)
  }
})
