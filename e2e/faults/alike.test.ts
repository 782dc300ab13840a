import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stack } from '../stack/stack.ts'

/** Answers to known and unknown addresses are alike, in time too: else anybody could ask who has a trial. */
const EACH = 500
const stack = new Stack()
beforeAll(async () => void (await stack.start({ WORKER: 'off' })))
afterAll(() => stack.stop())

const ask = (email: string, name: string) =>
  stack.post('trial', { name, email, company: 'Desert Spine', terms: true })
const median = (times: number[]) => times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0

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
  console.log('median ms', medians)
  expect([...statuses]).toEqual([201])
  const noise = Math.max(3 * Math.abs(medians.new - medians.control), 0.15 * medians.new)
  for (const kind of ['pending', 'running'] as const)
    expect(Math.abs(medians[kind] - medians.new)).toBeLessThan(noise)
})
