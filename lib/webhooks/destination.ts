import type { LookupAddress } from 'node:dns'
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
  return isPublic(parsed) || allow.includes(host) || allow.some((named) => covers(named, parsed))
}

/** IPv4 in the oldest clothes of IPv6 (`::127.0.0.1`, RFC 4291 §2.5.5.1), which no range of the library is for. */
const COMPATIBLE = ipaddr.parseCIDR('::/96')

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !(address.kind() === 'ipv6' && address.match(COMPATIBLE))
}

/** Whether the operator has named this host, or the address that it is, in WEBHOOK_ALLOW. */
export function isNamed(hostname: string, allow: string[]): boolean {
  const bare = withoutBrackets(hostname)
  if (allow.includes(hostname) || allow.includes(bare)) return true
  return ipaddr.isValid(bare) && allow.some((named) => covers(named, ipaddr.process(bare)))
}

/** Whether a part of WEBHOOK_ALLOW can mean anything: a host, an address, or a range. */
export function canBeNamed(part: string): boolean {
  if (ipaddr.isValid(part) || ipaddr.isValidCIDR(part)) return true
  return /^(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(part)
}

const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

function covers(named: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValidCIDR(named)) {
    const range = ipaddr.parseCIDR(named)
    return range[0].kind() === address.kind() && address.match(range)
  }
  return ipaddr.isValid(named) && ipaddr.process(named).toString() === address.toString()
}

type Resolve = (host: string) => Promise<LookupAddress[]>
const lookupAll: Resolve = (host) => lookup(host, { all: true })

/**
 * A lookup for the connection itself: what it answers is what is connected to, so that a name which stands
 * for another address a moment later gains nothing.
 */
export function guardedLookup(allow: string[], resolve: Resolve = lookupAll): LookupFunction {
  return (host, options, done) => {
    resolve(host)
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
  const bare = withoutBrackets(hostname)
  if (ipaddr.isValid(bare) && !mayReach(bare, hostname, allow))
    throw new DestinationRefused(`${bare} is not a public address; see WEBHOOK_ALLOW`)
}
