import { setTimeout as sleep } from 'node:timers/promises'

/** Shorter than the heartbeat after which another worker takes the job. */
const GIVE_UP_AFTER_MS = 8000

/**
 * Retries a write for 8 s: the record of something that can't be undone, such as a sent mail. Without the record it would
 * be done twice.
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
