import type { IncomingMessage } from 'node:http'

/**
 * The address of the client: the connection's own, or, behind `trusted` proxies of ours, what the
 * outermost of them wrote at the end of X-Forwarded-For. What stands further left anybody can invent.
 */
export function clientAddress(request: IncomingMessage, trusted: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
  const hops = [
    ...forwarded
      .split(',')
      .map((hop) => hop.trim())
      .filter(Boolean),
    request.socket.remoteAddress ?? '',
  ]
  return hops[Math.max(0, hops.length - 1 - trusted)] ?? ''
}
