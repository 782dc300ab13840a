import { setTimeout as sleep } from 'node:timers/promises'

/** Shorter than the heartbeat after which another worker takes the job. */
const MARK_MS = 8000

/** Marks what is done and can't be undone: a database that is gone for a moment would have it done twice. */
export async function persist(mark: () => Promise<void>): Promise<void> {
  for (const giveUp = Date.now() + MARK_MS; ; await sleep(250)) {
    try {
      return await mark()
    } catch (error) {
      if (Date.now() > giveUp) throw error
    }
  }
}
