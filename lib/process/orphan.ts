import { readFileSync } from 'node:fs'
import { isAlive, parentOf } from '#lib/process/identity'

const GRACE_MS = 10_000

/**
 * For the processes that the launcher starts: ends this one in order when the launcher is gone, even
 * by kill -9, of which only the closed channel tells. Does nothing in a process that was started alone.
 * @param stop finishes what is under way; after 10 s the process ends regardless
 */
export function exitWithParent(stop: () => unknown): void {
  if (!process.channel) return
  process.once('disconnect', async () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    try {
      await stop()
    } finally {
      process.exit(0)
    }
  })
  // The channel alone must not keep a process that has stopped by itself.
  process.channel.unref()
}

/**
 * Whether the npm that ran this process is gone: npm can't pass on a kill -9, and its script would
 * hold the ports for ever. The answer stays "no" where npm did not start it.
 */
export function watchForNpm(env: NodeJS.ProcessEnv = process.env): () => boolean {
  if (env.npm_lifecycle_event === undefined) return () => false
  const parent = process.ppid
  // Where the shell does not give way to its only command, npm is one step further up.
  const beyond = isShell(parent) ? parentOf(parent) : undefined
  return () => process.ppid !== parent || (beyond !== undefined && !isAlive(beyond))
}

function isShell(pid: number): boolean {
  try {
    return /sh$|busybox/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
  } catch {
    return false
  }
}
