import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '#lib/config'
import { localAddress } from '#lib/local-address'
import { StartError } from '#lib/process/ports'

const HEALTHY_MS = 60_000
const ANSWER_MS = 5_000
const FALLS_AT_START = 3

/**
 * Resolves when the site answers.
 * @param falls how often its process has ended so far
 * @throws {StartError} when it keeps ending, or says nothing for a minute
 */
export async function waitHealthy(
  site: Pick<Config, 'host' | 'port'>,
  falls: () => number,
  stopping: AbortSignal,
): Promise<void> {
  for (const giveUp = Date.now() + HEALTHY_MS; ; await sleep(50)) {
    stopping.throwIfAborted()
    if (await isHealthy(`${localAddress(site)}/healthz`)) return
    if (falls() >= FALLS_AT_START || Date.now() > giveUp)
      throw new StartError('The site did not start; what it said stands above.')
  }
}

/** By `node:http`: `fetch` would cost the launcher 15 MB for this one question. */
async function isHealthy(address: string): Promise<boolean> {
  const request = get(address, { agent: false, timeout: ANSWER_MS })
  request.once('timeout', () => request.destroy())
  const [answer] = await once(request, 'response').catch(() => [])
  answer?.resume()
  return answer?.statusCode === 200
}
