import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'

export type Figures = { perSecond: number; p50: number; p99: number }
export type Call = { path: string; method: 'GET' | 'POST'; body?: () => string }

/** A demo request from a new person each time. */
export const submission: Call = {
  path: '/api/submissions/demo',
  method: 'POST',
  body: () =>
    JSON.stringify({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' }),
}

function send(origin: string, agent: Agent, { path, method, body }: Call): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() } : {}
    const sent = request(origin + path, { agent, method, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject).end(body?.())
  })
}

/**
 * Sends requests in sequence on each of `atOnce` connections while `goesOn` returns true.
 * @returns the duration of each in ms. @throws on a status other than 200 or 201
 */
async function sendWhile(
  origin: string,
  call: Call,
  atOnce: number,
  goesOn: (sent: number) => boolean,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const taken: number[] = []
  let sent = 0
  const client = async () => {
    while (goesOn(sent++)) {
      const began = performance.now()
      const status = await send(origin, agent, call)
      if (status !== 200 && status !== 201) throw new Error(`${call.path} answered ${status}`)
      taken.push(performance.now() - began)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, client))
  } finally {
    agent.destroy()
  }
  return taken
}

/** Sends requests for `seconds`. */
export async function measure(origin: string, call: Call, atOnce: number, seconds: number): Promise<Figures> {
  const began = performance.now()
  const taken = await sendWhile(origin, call, atOnce, () => performance.now() - began < seconds * 1000)
  const elapsed = performance.now() - began
  taken.sort((one, other) => one - other)
  const quantile = (share: number) => taken[Math.floor(taken.length * share)] ?? 0
  return { perSecond: (taken.length / elapsed) * 1000, p50: quantile(0.5), p99: quantile(0.99) }
}

/** Sends `count` submissions, 16 at a time. */
export async function submitMany(origin: string, count: number): Promise<void> {
  await sendWhile(origin, submission, 16, (sent) => sent < count)
}
