import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateEmbedded } from '#lib/launcher/database'
import { startEmbedded } from '#lib/postgres/server'
import { endLeases } from '../stack/leases.ts'
import { Stack } from '../stack/stack.ts'
import { allKept, countOutcomes, printOutcomes, startPosters } from './posters.ts'
import { ScriptedServer, type Verb } from './scripted-server.ts'

const POSTERS = 6
/** A killed worker's mails are sent within 30 s after the next worker has started. */
const RECOVERY_MS = 30_000

let stack: Stack
beforeAll(async () => {
  stack = await new Stack().start()
})
afterAll(() => stack.stop())

/** Starts a worker and waits until it delivers. */
async function startWorker(stack: Stack): Promise<void> {
  const running = () => stack.log.join('').split('delivery is running').length
  const before = running()
  stack.startWorker()
  await expect.poll(running).toBeGreaterThan(before)
}

test('kill -9 of the web process, repeatedly: no acknowledged submission is lost', async () => {
  const posters = startPosters(stack, POSTERS)
  for (let kill = 0; kill < 5; kill++) {
    await posters.more(12)
    await stack.kill(stack.web)
    await stack.startWeb()
  }
  const count = await countOutcomes(stack, await posters.stop())
  printOutcomes('web killed 5 times', count)
  expect(count.acknowledged).toBeGreaterThan(50)
  expect(count).toMatchObject({ ...allKept(count), twice: 0 })
})

test('kill -9 of the worker, repeatedly: every mail is sent, a second copy only with the same bytes', async () => {
  const posters = startPosters(stack, 3, 12)
  const leases: number[] = []
  // The last mail may be finished when the worker is killed, so repeat until two kills interrupted mails.
  for (let kill = 0; kill < 5 || leases.length < 2; kill++) {
    const before = stack.sink.arrived.length
    await expect.poll(() => stack.sink.arrived.length, { interval: 5 }).toBeGreaterThan(before)
    // Mails are arriving, so the worker is killed while it sends others.
    await stack.kill(stack.worker)
    const orphans = await stack.query<{ id: string }>(`select id from mails where state = 'sending'`)
    // At each SMTP verb below, the wait is the real one.
    const lease = await endLeases(stack, 'mails')
    await startWorker(stack)
    const unsent = () =>
      stack.query(`select 1 from mails where id = any($1) and state <> 'sent'`, [orphans.map(({ id }) => id)])
    await expect.poll(async () => (await unsent()).length).toBe(0)
    if (orphans.length) leases.push(lease)
  }
  const count = await countOutcomes(stack, await posters.stop())
  printOutcomes(
    `worker killed repeatedly, its leases had ${leases.map((left) => left.toFixed(1)).join(', ')} s left`,
    count,
  )
  expect(count).toMatchObject(allKept(count))
  expect(Math.max(...leases)).toBeLessThan(RECOVERY_MS / 1000)
})

test('kill -9 of the worker at each SMTP verb: sent within 30 s, twice only after the final dot', async () => {
  const server = await new ScriptedServer().start()
  const other = await new Stack().start({ SMTP_URL: `smtp://user:secret@127.0.0.1:${server.port}` })
  try {
    // One mail hangs at each SMTP verb. The last one is accepted, and the worker is killed before it reads the reply.
    const verbs: Verb[] = ['MAIL', 'RCPT', 'DATA', 'dot']
    server.script = (verb) =>
      server.met.length < verbs.length && verbs[server.met.length] === verb ? 'hang' : undefined
    const emails = verbs.map(() => `${randomUUID()}@example.com`)
    const fields = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine' })
    await Promise.all(emails.map(async (email) => other.post('demo', fields(email))))
    await expect.poll(() => server.met.length, { interval: 5 }).toBe(verbs.length)
    const before = server.dots.length
    await other.kill(other.worker)
    server.script = () => undefined
    await startWorker(other)
    const began = Date.now()
    const sent = () => other.query(`select 1 from mails where state = 'sent'`)
    await expect.poll(async () => (await sent()).length).toBe(8)
    const took = Date.now() - began
    const ids = server.dots.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1])
    const copies = [...new Set(ids)].map((id) =>
      server.dots.filter((_, i) => ids[i] === id).map(({ raw }) => raw),
    )
    const twice = copies.filter(({ length }) => length > 1)
    console.log(
      `[faults] worker killed at ${server.met.join(', ')} with ${before} dots done: all 8 mails sent ${took} ms later, ${twice.length} twice`,
    )
    expect(took).toBeLessThan(RECOVERY_MS)
    expect(copies).toHaveLength(8)
    for (const raws of twice) expect(raws).toEqual([raws[0], raws[0]])
    expect(twice.length).toBeGreaterThan(0)
  } finally {
    await other.stop()
    await server.stop()
  }
})

test('kill -9 of PostgreSQL or one of its processes: no acknowledged submission is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-kill-'))
  chmodSync(folder, 0o711)
  let server = await startEmbedded(folder)
  await migrateEmbedded(server)
  const other = await new Stack().start({ DATABASE_URL: server.url })
  await other.useServer(server)
  await expect.poll(() => other.query('select 1 from workers')).toHaveLength(1)
  try {
    const posters = startPosters(other, POSTERS)
    for (let kill = 0; kill < 3; kill++) {
      await posters.more(12)
      process.kill(server.pid, 'SIGKILL')
      server = await startEmbedded(folder)
      // The processes know only this port, so PostgreSQL must restart on it.
      expect(server.url).toBe(other.env.DATABASE_URL)
    }
    for (let kill = 0; kill < 3; kill++) {
      await posters.more(12)
      const backends = () =>
        other.query<{ pid: number }>(
          `select pid from pg_stat_activity where application_name like 'trackstat web%' limit 1`,
        )
      await expect.poll(backends).toHaveLength(1)
      const [backend] = await backends()
      if (backend) process.kill(backend.pid, 'SIGKILL')
    }
    await posters.more(12)
    const count = await countOutcomes(other, await posters.stop())
    printOutcomes('PostgreSQL killed 3 times, one of its processes 3 times', count)
    expect(count.acknowledged).toBeGreaterThan(50)
    expect(count).toMatchObject(allKept(count))
  } finally {
    await other.stop()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
