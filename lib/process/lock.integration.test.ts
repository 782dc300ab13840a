import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { HeldError, identify, type Lock, removeDead, takeLock } from '#lib/process/lock'

/** One lock, and many that want it at the same time. */
let file: string
const holder = { pid: process.pid, address: '', stopping: true }
const take = (timeoutMs: number) => takeLock(file, () => holder, timeoutMs)

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-lock-'))
  file = join(folder, 'x.sock')
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

/** Leaves the socket file of a process that was killed. */
function leaveDeadSocket(): void {
  const script = `require('net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`
  expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL')
  expect(existsSync(file)).toBe(true)
}

test('a dead socket is taken over by one at a time, and nothing is left after the release', async () => {
  leaveDeadSocket()
  let held = 0
  const hold = async (lock: Lock) => {
    expect(++held).toBe(1)
    await setImmediate()
    held--
    await lock.release()
  }
  await Promise.all(Array.from({ length: 8 }, () => take(60_000).then(hold)))
  expect(existsSync(file)).toBe(false)
})

test('the socket of a new holder stays, also if the system gave it the inode of the dead one', async () => {
  leaveDeadSocket()
  const dead = await identify(file)
  rmSync(file)
  const server = createServer()
  await new Promise<void>((done) => server.listen(file, done))
  onTestFinished(() => void server.close())
  expect(await removeDead(file, dead)).toBe(false)
  expect(existsSync(file)).toBe(true)
  expect(await removeDead(file, await identify(file))).toBe(true)
  expect(existsSync(file)).toBe(false)
})

test('one that is stopping is waited for until the time is up, then named', async () => {
  const lock = await take(0)
  await expect(take(300)).rejects.toThrow(HeldError)
  await lock.release()
})
