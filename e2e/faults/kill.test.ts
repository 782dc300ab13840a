import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { startEmbedded } from '#lib/db/embedded'
import { migrate } from '#lib/db/migrate'
import { Stack } from '../stack/stack.ts'
import { account, startPosters } from './posters.ts'

let stack: Stack
afterEach(() => stack.stop())

const KEPT = { lost: 0, unmailed: 0, rowsTwice: 0, twiceWrong: 0 }

test('kill -9 of the web process, again and again: nothing acknowledged is lost', async () => {
  stack = await new Stack().start()
  const posters = startPosters(stack, 6)
  for (let kill = 0; kill < 4; kill++) {
    await sleep(1200)
    await stack.kill(stack.web)
    await stack.startWeb()
  }
  const count = await account(stack, await posters.stop())
  console.log('[faults] web killed 4 times:', JSON.stringify(count))
  expect(count.acknowledged).toBeGreaterThan(50)
  expect(count).toMatchObject({ ...KEPT, twice: 0 })
})

test('kill -9 of the worker, again and again: every mail goes out, a second time only with the same bytes', async () => {
  stack = await new Stack().start()
  const posters = startPosters(stack, 6)
  for (let kill = 0; kill < 4; kill++) {
    await sleep(1500)
    await stack.kill(stack.worker)
    stack.startWorker()
  }
  const began = Date.now()
  const count = await account(stack, await posters.stop())
  console.log(
    `[faults] worker killed 4 times, all mailed ${Math.round((Date.now() - began) / 1000)} s after the last:`,
    JSON.stringify(count),
  )
  expect(count).toMatchObject(KEPT)
  expect(Date.now() - began).toBeLessThan(60_000)
})

test('a worker that dies between the final dot and the mark: taken up within 30 s, same bytes, same Message-ID', async () => {
  stack = await new Stack().start()
  let held = 0
  stack.sink.behaviour.dot = async () => {
    if (held++ === 0) await sleep(2500)
    return undefined
  }
  await stack.post('demo', { name: 'Jane Roe', email: 'dot@example.com', company: 'Desert Spine' })
  while (held === 0) await sleep(20)
  await stack.kill(stack.worker)
  const began = Date.now()
  stack.startWorker()
  await stack.sink.waitFor(({ to }) => to.includes('dot@example.com'), 35_000)
  await stack.sink.waitFor(({ to }) => to.includes('support@trackstat.org'), 35_000)
  console.log(`[faults] worker killed in the middle of a delivery: taken up after ${Date.now() - began} ms`)
  expect(Date.now() - began).toBeLessThan(30_000)
})

test('kill -9 of PostgreSQL: the same key succeeds afterwards, and nothing is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-kill-'))
  let server = await startEmbedded(folder)
  await migrate(server.url)
  stack = await new Stack().start({ DATABASE_URL: server.url })
  const posters = startPosters(stack, 6)
  for (let kill = 0; kill < 2; kill++) {
    await sleep(2000)
    process.kill(server.pid, 'SIGKILL')
    await sleep(500)
    server = await startEmbedded(folder)
    expect(server.url).toBe(stack.env.DATABASE_URL)
  }
  await sleep(1000)
  const acknowledged = await posters.stop()
  await stack.useDatabase(server.url)
  const count = await account(stack, acknowledged)
  console.log('[faults] PostgreSQL killed 2 times:', JSON.stringify(count))
  expect(count).toMatchObject(KEPT)
  await stack.kill(stack.web)
  await stack.kill(stack.worker)
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})
