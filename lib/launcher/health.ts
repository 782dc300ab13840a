import { setTimeout as sleep } from 'node:timers/promises'
import { type Config, ConfigError } from '#lib/config'
import { OtherHistory } from '#lib/db/migrate'
import { localAddress } from '#lib/local-address'
import { EmbeddedError } from '#lib/postgres/fault'
import { HeldError } from '#lib/process/lock'
import { StartError } from '#lib/process/ports'

const HEALTHY_MS = 60_000
const FALLS_AT_START = 3

/**
 * Resolves when the site answers.
 * @param falls how often its process has ended so far
 * @throws {StartError} when it keeps ending, or says nothing for a minute
 */
export async function waitHealthy(config: Config, falls: () => number, stopping: AbortSignal): Promise<void> {
  for (const giveUp = Date.now() + HEALTHY_MS; ; await sleep(50)) {
    stopping.throwIfAborted()
    const request = fetch(`${localAddress(config)}/healthz`, { signal: AbortSignal.timeout(5_000) })
    if (
      await request.then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return
    if (falls() >= FALLS_AT_START || Date.now() > giveUp)
      throw new StartError('The site did not start; what it said stands above.')
  }
}

/** What to tell the person whose start failed. */
export function explainEnd(error: unknown): string {
  if (error instanceof HeldError) {
    const { pid, address } = error.holder
    if (!pid) return 'Another npm start holds DATA_DIR and does not answer. End it, then start again.'
    return `TrackStat runs already: ${address} (process ${pid}). Stop that one first, or set PORT and DATA_DIR for a second one.`
  }
  if (
    error instanceof ConfigError ||
    error instanceof EmbeddedError ||
    error instanceof OtherHistory ||
    error instanceof StartError
  )
    return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
