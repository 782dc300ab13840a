import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ProcessRecord } from '#lib/launcher/process-record'

/** A process that runs on, recorded in a folder of its own. */
async function recordProcess(): Promise<{ folder: string; pid: number; ended: Promise<unknown> }> {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-record-'))
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  const ended = once(child, 'exit')
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  new ProcessRecord(folder).add(pid)
  return { folder, pid, ended }
}

/** What the system answers to the next SIGKILL. */
function answerKill(code: string): void {
  const { kill } = process
  const spy = vi.spyOn(process, 'kill').mockImplementation((pid, signal) => {
    if (signal !== 'SIGKILL') return kill.call(process, pid, signal)
    spy.mockRestore()
    throw Object.assign(new Error(code), { code })
  })
  onTestFinished(() => spy.mockRestore())
}

test('a process that ends just before it is killed does not stop the start', async () => {
  const { folder, ended } = await recordProcess()
  answerKill('ESRCH')
  await new ProcessRecord(folder).endLeftovers(() => {})
  await ended
})

test('a process of another user is named', async () => {
  const { folder, pid } = await recordProcess()
  answerKill('EPERM')
  await expect(new ProcessRecord(folder).endLeftovers(() => {})).rejects.toThrow(
    `Process ${pid} of an earlier run belongs to another user.`,
  )
})
