import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { covers, withoutBrackets } from '#lib/allowed-hosts'

/** The receiver's address, or the address of its host name, is not public and not allowed. */
export class DestinationRefused extends Error {
  override name = 'DestinationRefused'
}

/**
 * Whether webhooks may be sent to this address (against SSRF): public unicast addresses, and the hosts, addresses and CIDR
 * ranges in WEBHOOK_ALLOW. An IPv4-mapped IPv6 address (`::ffff:`) is checked as IPv4.
 */
export function isAllowedAddress(address: string, host: string, allow: string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return isPublic(parsed) || allow.includes(host) || allow.some((named) => covers(named, parsed))
}

/** IPv4-compatible IPv6 addresses (`::127.0.0.1`, RFC 4291 §2.5.5.1), for which ipaddr.js has no range. */
const COMPATIBLE = ipaddr.parseCIDR('::/96')

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !(address.kind() === 'ipv6' && address.match(COMPATIBLE))
}

type Resolve = (host: string) => Promise<LookupAddress[]>
const lookupAll: Resolve = (host) => lookup(host, { all: true })

/**
 * The DNS lookup of the connection itself. The address that was checked is the one connected to, so DNS rebinding has no
 * effect.
 */
export function guardedLookup(allow: string[], resolve: Resolve = lookupAll): LookupFunction {
  return (host, options, done) => {
    resolve(host)
      .then((found) => {
        const reachable = found.filter(({ address }) => isAllowedAddress(address, host, allow))
        const [first] = reachable
        if (!first) throw new DestinationRefused(`${host} has no public address; see WEBHOOK_ALLOW`)
        if (options.all) done(null, reachable)
        else done(null, first.address, first.family)
      })
      .catch((error) => done(error, ''))
  }
}

/** Checks a host that is an IP address, for which no lookup is made. @throws {DestinationRefused} */
export function checkLiteral(hostname: string, allow: string[]): void {
  const bare = withoutBrackets(hostname)
  if (ipaddr.isValid(bare) && !isAllowedAddress(bare, hostname, allow))
    throw new DestinationRefused(`${bare} is not a public address; see WEBHOOK_ALLOW`)
}
