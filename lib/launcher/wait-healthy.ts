import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '#lib/config'
import { localAddress } from '#lib/local-address'
import { OperatorError } from '#lib/operator-error'

const START_TIMEOUT_MS = 60_000
const ANSWER_TIMEOUT_MS = 5_000
const MAX_CRASHES = 3

/**
 * Resolves when the site answers.
 * @param crashes how often its process has crashed so far
 * @throws {OperatorError} when it crashes repeatedly, or does not answer for a minute
 */
export async function waitHealthy(
  site: Pick<Config, 'host' | 'port'>,
  crashes: () => number,
  stopping: AbortSignal,
): Promise<void> {
  for (const giveUp = Date.now() + START_TIMEOUT_MS; ; await sleep(50)) {
    stopping.throwIfAborted()
    if (await isHealthy(`${localAddress(site)}/healthz`)) return
    if (crashes() >= MAX_CRASHES || Date.now() > giveUp)
      throw new OperatorError('The site did not start; its output is above.')
  }
}

/** With `node:http`, because `fetch` would cost the launcher 15 MB. */
async function isHealthy(address: string): Promise<boolean> {
  const request = get(address, { agent: false, timeout: ANSWER_TIMEOUT_MS })
  request.once('timeout', () => request.destroy())
  const [answer] = await once(request, 'response').catch(() => [])
  answer?.resume()
  return answer?.statusCode === 200
}
