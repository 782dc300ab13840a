import { setTimeout as sleep } from 'node:timers/promises'

/** Shorter than a lease (`lib/jobs/claims.ts`), after which another worker claims the row. */
const GIVE_UP_AFTER_MS = 8000

/**
 * Retries a write for 8 s. For the record of something that can't be undone, such as a delivered webhook: without it, the
 * webhook would be delivered twice.
 * @throws the last error
 */
export async function retryWrite(write: () => Promise<void>): Promise<void> {
  for (const giveUp = Date.now() + GIVE_UP_AFTER_MS; ; await sleep(250)) {
    try {
      return await write()
    } catch (error) {
      if (Date.now() > giveUp) throw error
    }
  }
}
