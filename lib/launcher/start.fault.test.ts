import { once } from 'node:events'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, expect, test } from 'vitest'
import { findEmbedded, startEmbedded } from '#lib/postgres/server'
import { isAlive } from '#lib/process/identity'
import { freePort } from '../../e2e/stack/free-port.ts'
import { type Launch, launch, makeProject } from '../../e2e/stack/launcher-project.ts'

/** The launcher behind `npm start`, on a test project (`e2e/stack/launcher-project.ts`). */
const project = makeProject()
const data = join(project, 'data')
const port = await freePort()
const env = { PORT: String(port) }
const launches: Launch[] = []

function start(more: Record<string, string> = {}, behind = false): Launch {
  const made = launch(project, { ...env, ...more }, behind)
  launches.push(made)
  return made
}

type Answer = { pid: number; DATABASE_URL: string; APP_SECRET: string; NODE_ENV: string }
async function askSite(): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  return (await answer.json()) as Answer
}

/** Repeats `check` until it passes, and returns its result. @throws its last error after 60 s */
async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  for (const giveUp = Date.now() + 60_000; ; await sleep(50)) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > giveUp) throw error
    }
  }
}

/** Where the worker sends mail, once it listens. */
const mailServerOf = ({ output }: Launch) =>
  eventually(() => {
    const address = /worker listens, sends through (smtp:\/\/127\.0\.0\.1:\d+)\n/.exec(output())?.[1]
    if (!address) throw new Error(`the worker does not listen:\n${output()}`)
    return address
  })

afterEach(async () => {
  for (const { child, ended } of launches.splice(0)) {
    child.kill('SIGTERM')
    await ended()
  }
})
afterAll(async () => {
  // After a failed test something may be left.
  if (await findEmbedded(data)) await (await startEmbedded(data)).stop()
  rmSync(project, { recursive: true, force: true })
})

test('a first start ends with a plain banner, the children know everything, and SIGTERM ends all in order', async () => {
  const first = start()
  await first.ready()
  expect(first.output()).toMatch(new RegExp(`Site +http://localhost:${port}\n +Mail +http://localhost:\\d+`))
  expect(first.output()).toContain('PostgreSQL in ./data/postgres')
  expect(first.output()).toMatch(/^ +Note +notices go from support@trackstat\.org to itself/m)
  expect(first.output()).not.toContain('\x1b')
  const { APP_SECRET, DATABASE_URL, NODE_ENV } = await askSite()
  expect(NODE_ENV).toBe('production')
  expect(DATABASE_URL).toBe(await findEmbedded(data))
  expect(APP_SECRET).toBe(readFileSync(join(data, 'secret'), 'utf8'))
  expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
  expect(statSync(join(data, 'mail')).mode & 0o777).toBe(0o700)

  // The banner waits only for the site; a worker that is still loading would stop without output.
  await mailServerOf(first)
  first.child.kill('SIGTERM')
  expect(await first.ended()).toBe(0)
  expect(first.output()).toContain('site stopped, leads: 0')
  expect(first.output()).toContain('worker stopped')
  expect(await findEmbedded(data)).toBeUndefined()
})

test('a second start while one runs is refused with its address and number; the first is not disturbed', async () => {
  const first = start()
  await first.ready()
  // Nothing changed: nothing is built.
  expect(readFileSync(join(project, 'builds'), 'utf8')).toBe('b')
  const { pid } = await askSite()
  const second = start({ PORT: String(await freePort()) })
  expect(await second.ended()).toBe(1)
  expect(second.output()).toBe(
    `TrackStat runs already: http://localhost:${port} (process ${first.child.pid}). Stop that one first, or set PORT and DATA_DIR for a second one.\n`,
  )
  expect((await askSite()).pid).toBe(pid)
  // One that is going down is waited for.
  first.child.kill('SIGINT')
  const third = start()
  await third.ready()
  expect(await first.ended()).toBe(0)
})

test('what dies is started again: the site, and the database at its old address', async () => {
  const { ready } = start()
  await ready()
  const before = await askSite()
  process.kill(before.pid, 'SIGKILL')
  await eventually(async () => expect((await askSite()).pid).not.toBe(before.pid))
  const postmaster = Number(
    readFileSync(join(data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0],
  )
  process.kill(postmaster, 'SIGKILL')
  await eventually(async () => {
    expect(isAlive(postmaster)).toBe(false)
    expect(await findEmbedded(data)).toBe(before.DATABASE_URL)
  })
})

test('after kill -9 of the launcher the next start works at once, and the caught mail is still there', async () => {
  const first = start()
  await first.ready()
  const { pid } = await askSite()
  await createTransport(await mailServerOf(first)).sendMail({
    from: 'a@example.com',
    to: 'b@example.com',
    subject: 'Kept',
    text: 'Hello',
  })
  first.child.kill('SIGKILL')
  await first.ended()
  const second = start()
  await second.ready()
  expect(isAlive(pid)).toBe(false)
  expect(second.output()).toContain('The database of an earlier run was still running')
  const inbox = /http:\/\/localhost:\d+(?=\n +every mail)/.exec(second.output())?.[0]
  const mails = await (await fetch(`${inbox}/api/email`)).json()
  expect(mails).toEqual([expect.objectContaining({ subject: 'Kept' })])
  // A page of another website may not read it.
  const foreign = await fetch(`${inbox}/api/email`, { headers: { origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
})

test('when npm is killed with -9 the launcher ends everything', async () => {
  const behind = start({ npm_lifecycle_event: 'start' }, true)
  await behind.ready()
  const { pid } = await askSite()
  behind.child.kill('SIGKILL')
  await eventually(() => expect(isAlive(pid)).toBe(false))
  await eventually(async () => expect(await findEmbedded(data)).toBeUndefined())
  expect(behind.output()).toContain('site stopped')
})

test('a taken port and bad settings are told in plain lines', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const taken = typeof address === 'object' ? String(address?.port) : ''
  const first = start({ PORT: taken })
  expect(await first.ended()).toBe(1)
  expect(first.output()).toMatch(new RegExp(`^PORT ${taken} is taken by another program. .*\n$`))
  other.close()

  const second = start({ PORT: 'many', APP_URL: 'https://www.example.com', WORKER: 'maybe' })
  expect(await second.ended()).toBe(1)
  expect(second.output()).toMatch(/^PORT: must .*\n(.*\n)*WORKER: must be on or off/)
})
