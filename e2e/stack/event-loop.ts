import { readFileSync } from 'node:fs'

/** CPU time of a process's main thread, which is its event loop, in ms (Linux; elsewhere 0). */
export function eventLoopMs(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return 0
  }
}

/**
 * Delay by a process, in ms: the duration of `request`, but at most the time in which the event loop was busy. On a busy
 * machine a process also waits for a processor, which does not count.
 */
export async function heldMs(pid: number | undefined, request: () => Promise<unknown>): Promise<number> {
  const [began, worked] = [performance.now(), eventLoopMs(pid)]
  await request()
  const waited = performance.now() - began
  return worked ? Math.min(waited, eventLoopMs(pid) - worked) : waited
}
