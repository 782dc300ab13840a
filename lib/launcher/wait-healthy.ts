import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
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

/**
 * Without `fetch` or `node:http`, which would cost the launcher 15 and 10 MB. HTTP/1.0 needs no Host, and ends the
 * connection.
 */
async function isHealthy(address: string): Promise<boolean> {
  const { hostname, port, pathname } = new URL(address)
  // Of an IPv6 address, the URL's host has brackets.
  const socket = connect(Number(port) || 80, hostname.replace(/^\[|\]$/g, ''))
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy())
  socket.end(`GET ${pathname} HTTP/1.0\r\n\r\n`)
  const answer = await text(socket).catch(() => '')
  return answer.startsWith('HTTP/1.1 200 ')
}
