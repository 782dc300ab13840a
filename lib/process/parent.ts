import { readFileSync } from 'node:fs'
import { isAlive, parentOf } from '#lib/process/identity'

const STOP_TIMEOUT_MS = 10_000

/**
 * Called in the processes that the launcher starts: shuts this one down when the launcher is gone. After kill -9 only the
 * closed IPC channel shows that. Does nothing in a process that was started alone.
 * @param stop finishes running work; after 10 s the process exits anyway
 */
export function exitWithParent(stop: () => unknown): void {
  if (!process.channel) return
  process.once('disconnect', async () => {
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    try {
      await stop()
    } finally {
      process.exit(0)
    }
  })
  // The channel alone must not keep a finished process alive.
  process.channel.unref()
}

/**
 * Returns a function that tells whether the npm that started this process is gone: npm can't pass on a kill -9, and
 * its script would keep the ports. Always false if npm did not start it.
 */
export function watchForNpm(env: NodeJS.ProcessEnv = process.env): () => boolean {
  if (env.npm_lifecycle_event === undefined) return () => false
  const parent = process.ppid
  // If the shell did not exec its only command, npm is the grandparent.
  const npm = isShell(parent) ? parentOf(parent) : undefined
  return () => process.ppid !== parent || (npm !== undefined && !isAlive(npm))
}

function isShell(pid: number): boolean {
  try {
    return /sh$|busybox/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
  } catch {
    return false
  }
}
