import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '../stack/stack.ts'

/** What visitors were told while things broke: the address and the reference of each that was acknowledged. */
export type Acknowledged = Map<string, string>

/**
 * Visitors who send forms until told to stop, each with its own key, again and again until it is
 * acknowledged: as the form in the browser does.
 */
export function startPosters(stack: Stack, howMany: number): { stop: () => Promise<Acknowledged> } {
  const acknowledged: Acknowledged = new Map()
  let going = true
  const post = async () => {
    while (going) {
      const email = `${randomUUID()}@example.com`
      const reference = await sendUntilAcknowledged(stack, email)
      if (reference) acknowledged.set(email, reference)
      await sleep(20)
    }
  }
  const posters = Array.from({ length: howMany }, post)
  return {
    stop: async () => {
      going = false
      await Promise.all(posters)
      return acknowledged
    },
  }
}

async function sendUntilAcknowledged(stack: Stack, email: string): Promise<string | undefined> {
  const key = randomUUID()
  for (let attempt = 0; attempt < 150; attempt++) {
    const reference = await sendOnce(stack, email, key).catch(() => undefined)
    if (reference) return reference
    await sleep(200)
  }
  return undefined
}

/** The reference, or undefined where the answer was another; rejects where the connection broke before its end. */
async function sendOnce(stack: Stack, email: string, key: string): Promise<string | undefined> {
  const fields = { name: 'Jane Roe', email, company: 'Desert Spine' }
  const answer = await stack.post('demo', fields, { 'Idempotency-Key': key })
  const body = await answer.json()
  return answer.status === 201 || answer.status === 200 ? body.reference : undefined
}

/** Counts what became of the acknowledged. Waits until their mails are there, at most `ms`. */
export async function account(stack: Stack, acknowledged: Acknowledged, ms = 60_000) {
  const thanks = () => [...acknowledged.keys()].map((email) => stack.sink.to(email))
  const notices = () =>
    [...acknowledged.keys()].map((email) =>
      stack.sink.arrived.filter(({ mail }) => mail.replyTo?.value[0]?.address === email),
    )
  const missing = () => [...thanks(), ...notices()].filter((mails) => mails.length === 0).length
  for (const giveUp = Date.now() + ms; Date.now() < giveUp && missing(); ) await sleep(200)
  const rows = await stack.query<{ reference: string; email: string }>(
    'select s.reference, l.email from submissions s join leads l on l.id = s.lead_id',
  )
  const stored = new Map(rows.map(({ email, reference }) => [email, reference]))
  const lost = [...acknowledged].filter(([email, reference]) => stored.get(email) !== reference).length
  const twice = [...thanks(), ...notices()].filter((mails) => mails.length > 1)
  return {
    acknowledged: acknowledged.size,
    lost,
    unmailed: missing(),
    rowsTwice: rows.length - stored.size,
    twice: twice.length,
    /** More than once too often, or with other bytes: never allowed. */
    twiceWrong: twice.filter(
      (mails) => mails.length > 2 || !mails.every(({ raw }) => raw.equals(mails[0]?.raw ?? raw)),
    ).length,
  }
}
