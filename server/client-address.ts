import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** Longer than any address: IPv6 with a zone, brackets, port and quotes. */
const MAX_ENTRY = 80
/** `203.0.113.9:1234`, `[2001:db8::1]:443` and `[2001:db8::1]`, as some proxies write them (RFC 7239 §6). */
const IPV4_WITH_PORT = /^([\d.]+):\d{1,5}$/
const IPV6_IN_BRACKETS = /^\[([^[\]]+)\](?::\d{1,5})?$/

/**
 * The client's address: the connection's own or, behind `trusted` proxies, the X-Forwarded-For entry that the outermost of
 * them added. Clients can forge the entries left of it. If that entry is not an address, the connection's is used.
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

/** The address in an entry, without port, brackets and zone; undefined if it contains none. */
function readAddress(entry: string): string | undefined {
  if (entry.length > MAX_ENTRY) return undefined
  const bare = entry.replace(/^"(.*)"$/, '$1')
  const [, host = bare] = IPV4_WITH_PORT.exec(bare) ?? IPV6_IN_BRACKETS.exec(bare) ?? []
  if (bare.startsWith('[') && !host.includes(':')) return undefined
  const [address = ''] = host.split('%', 1)
  return isIP(address) && isIP(host.replace('%25', '%')) ? address : undefined
}
