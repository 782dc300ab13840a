import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Arrived } from '../stack/mail-sink.ts'
import type { Stack } from '../stack/stack.ts'

/** Acknowledged submissions: address and reference of each. */
export type Acknowledged = Map<string, string>

/** Counts of outcomes. `twiceWrong`: more than two copies, or two with different bytes, which is never allowed. */
export type Outcomes = Record<
  'acknowledged' | 'stored' | 'notices' | 'thanks' | 'lost' | 'rowsTwice' | 'twice' | 'twiceWrong',
  number
>

/** `more` waits until `count` more submissions were acknowledged, however long that takes. */
export type Posters = { more: (count: number) => Promise<void>; stop: () => Promise<Acknowledged> }

/**
 * Starts visitors that send forms until `stop`. Each form has its own key and is retried until acknowledged, like the
 * form in the browser. They pause while more than `most` of their mails wait, because a long queue would hide how long
 * a killed worker's mails wait.
 */
export function startPosters(stack: Stack, howMany: number, most = Number.POSITIVE_INFINITY): Posters {
  const acknowledged: Acknowledged = new Map()
  let going = true
  const before = stack.sink.arrived.length
  const waiting = () => 2 * acknowledged.size - (stack.sink.arrived.length - before)
  const post = async () => {
    while (going) {
      const email = `${randomUUID()}@example.com`
      const reference = await sendUntilAcknowledged(stack, email)
      if (reference) acknowledged.set(email, reference)
      while (going && waiting() > most) await sleep(20)
    }
  }
  const posters = Array.from({ length: howMany }, post)
  return {
    more: async (count) => {
      const enough = acknowledged.size + count
      await expect.poll(() => acknowledged.size, { timeout: 120_000 }).toBeGreaterThanOrEqual(enough)
    },
    stop: async () => {
      going = false
      await Promise.all(posters)
      return acknowledged
    },
  }
}

async function sendUntilAcknowledged(stack: Stack, email: string): Promise<string | undefined> {
  const key = randomUUID()
  for (const giveUp = Date.now() + 60_000; Date.now() < giveUp; await sleep(200)) {
    const reference = await send(stack, email, key).catch(() => undefined)
    if (reference) return reference
  }
  return undefined
}

/** The reference, if the response is complete and acknowledges the form. */
async function send(stack: Stack, email: string, key: string): Promise<string | undefined> {
  const fields = { name: 'Jane Roe', email, company: 'Desert Spine' }
  const answer = await stack.post('demo', fields, { 'Idempotency-Key': key })
  const body = await answer.json()
  return answer.status === 201 || answer.status === 200 ? body.reference : undefined
}

/**
 * Counts the outcomes of acknowledged submissions. Waits for their mails, and gives up when none has arrived for `ms`:
 * there is no total limit, because their number depends on the speed of the machine.
 */
export async function countOutcomes(
  stack: Stack,
  acknowledged: Acknowledged,
  ms = 60_000,
): Promise<Outcomes> {
  for (let [arrived, giveUp] = [0, Date.now() + ms]; Date.now() < giveUp; await sleep(200)) {
    const { thanks, notices } = sortMails(stack, acknowledged)
    if ([...thanks, ...notices].every((mails) => mails.length)) break
    if (stack.sink.arrived.length > arrived) giveUp = Date.now() + ms
    arrived = stack.sink.arrived.length
  }
  const { thanks, notices } = sortMails(stack, acknowledged)
  const rows = await stack.query<{ reference: string; email: string }>(
    'select s.reference, l.email from submissions s join leads l on l.id = s.lead_id',
  )
  const stored = new Map(rows.map(({ email, reference }) => [email, reference]))
  const kept = [...acknowledged].filter(([email, reference]) => stored.get(email) === reference).length
  const twice = [...thanks, ...notices].filter((mails) => mails.length > 1)
  return {
    acknowledged: acknowledged.size,
    stored: kept,
    notices: notices.filter((mails) => mails.length).length,
    thanks: thanks.filter((mails) => mails.length).length,
    lost: acknowledged.size - kept,
    rowsTwice: rows.length - stored.size,
    twice: twice.length,
    twiceWrong: twice.filter((mails) => mails.length > 2 || !areSame(mails)).length,
  }
}

/** For each acknowledged address: the mails to it and the notices about it. */
function sortMails(stack: Stack, acknowledged: Acknowledged): { thanks: Arrived[][]; notices: Arrived[][] } {
  const to = new Map<string, Arrived[]>()
  const about = new Map<string, Arrived[]>()
  const add = (map: Map<string, Arrived[]>, email: string, mail: Arrived) =>
    map.set(email, [...(map.get(email) ?? []), mail])
  for (const arrived of stack.sink.arrived) {
    add(to, arrived.to[0] ?? '', arrived)
    add(about, arrived.mail.replyTo?.value[0]?.address ?? '', arrived)
  }
  const emails = [...acknowledged.keys()]
  return {
    thanks: emails.map((email) => to.get(email) ?? []),
    notices: emails.map((email) => about.get(email) ?? []),
  }
}

/** Whether all copies have the same bytes, and so the same Message-ID. */
function areSame(mails: Arrived[]): boolean {
  return mails.every(({ raw }) => raw.equals(mails[0]?.raw ?? raw))
}

/** Prints one summary line. */
export function printOutcomes(what: string, count: Outcomes): void {
  console.log(
    `[faults] ${what}: ${count.acknowledged} acknowledged, ${count.stored} stored, ${count.notices} notices, ` +
      `${count.thanks} acknowledgments, ${count.lost} lost, ${count.rowsTwice} rows twice, ` +
      `${count.twice} mails twice (${count.twiceWrong} of them with other bytes or more than once more)`,
  )
}

/** The outcomes when nothing is lost, for `toMatchObject`. */
export function allKept({ acknowledged }: Outcomes): Partial<Outcomes> {
  const each = { stored: acknowledged, notices: acknowledged, thanks: acknowledged }
  return { ...each, lost: 0, rowsTwice: 0, twiceWrong: 0 }
}
