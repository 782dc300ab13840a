import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** An IPv6 address with a zone is the longest that is one; with brackets, a port and quotes it is still shorter. */
const MAX_ENTRY = 80
/** `203.0.113.9:1234`, `[2001:db8::1]:443` and `[2001:db8::1]`, as some proxies write them (RFC 7239 §6). */
const IPV4_WITH_PORT = /^([\d.]+):\d{1,5}$/
const IPV6_IN_BRACKETS = /^\[([^[\]]+)\](?::\d{1,5})?$/

/**
 * The address of the client: the connection's own, or, behind `trusted` proxies of ours, what the outermost of
 * them wrote at the end of X-Forwarded-For: any client can send the entries further left. An entry that is no
 * address is ignored.
 */
export function clientAddress(request: IncomingMessage, trusted: number): string {
  const peer = request.socket.remoteAddress ?? ''
  if (trusted === 0) return peer
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
  const entries = forwarded
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  const entry = entries[Math.max(0, entries.length - trusted)]
  return (entry && readAddress(entry)) || peer
}

/** The address in an entry, without port, brackets and zone; undefined where it holds none. */
function readAddress(entry: string): string | undefined {
  if (entry.length > MAX_ENTRY) return undefined
  const bare = entry.replace(/^"(.*)"$/, '$1')
  const [, host = bare] = IPV4_WITH_PORT.exec(bare) ?? IPV6_IN_BRACKETS.exec(bare) ?? []
  if (bare.startsWith('[') && !host.includes(':')) return undefined
  const [address = ''] = host.split('%', 1)
  return isIP(address) && isIP(host.replace('%25', '%')) ? address : undefined
}
