import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The address of the receiver, or one that its name stands for, is not a public one. */
export class DestinationRefused extends Error {
  override name = 'DestinationRefused'
}

/**
 * Whether events may go to this address (hardening: SSRF). Only public unicast addresses, and what the
 * operator has named in WEBHOOK_ALLOW: a host, an address, or a range in CIDR notation. An IPv4 address
 * in the clothes of IPv6 (`::ffff:`) is judged as what it is.
 */
export function mayReach(address: string, host: string, allow: string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return parsed.range() === 'unicast' || allow.includes(host) || allow.some((named) => covers(named, parsed))
}

function covers(named: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValidCIDR(named)) {
    const range = ipaddr.parseCIDR(named)
    return range[0].kind() === address.kind() && address.match(range)
  }
  return ipaddr.isValid(named) && ipaddr.process(named).toString() === address.toString()
}

/**
 * A lookup for the connection itself: what it answers is what is connected to, so that a name which stands
 * for another address a moment later gains nothing.
 */
export function guardedLookup(allow: string[]): LookupFunction {
  return (host, options, done) => {
    lookup(host, { all: true })
      .then((found) => {
        const reachable = found.filter(({ address }) => mayReach(address, host, allow))
        const [first] = reachable
        if (!first) throw new DestinationRefused(`${host} has no public address; see WEBHOOK_ALLOW`)
        if (options.all) done(null, reachable)
        else done(null, first.address, first.family)
      })
      .catch((error) => done(error, ''))
  }
}

/** A host that is an address itself is never looked up, so it is judged before. @throws {DestinationRefused} */
export function checkLiteral(hostname: string, allow: string[]): void {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(bare) && !mayReach(bare, hostname, allow))
    throw new DestinationRefused(`${bare} is not a public address; see WEBHOOK_ALLOW`)
}
