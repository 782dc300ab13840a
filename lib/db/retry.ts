import { setTimeout as sleep } from 'node:timers/promises'

/** Shorter than the 10 s without a heartbeat after which another worker takes the job. */
const MARK_MS = 8000

/**
 * Records something that can't be undone, such as a sent mail, and retries for 8 s. If a short outage of the database lost
 * the record, the thing would be done twice.
 * @throws the last error after 8 s
 */
export async function persist(mark: () => Promise<void>): Promise<void> {
  for (const giveUp = Date.now() + MARK_MS; ; await sleep(250)) {
    try {
      return await mark()
    } catch (error) {
      if (Date.now() > giveUp) throw error
    }
  }
}
