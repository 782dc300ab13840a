import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The receiver's address, or the one that its host resolves to, is not public. */
export class DestinationRefused extends Error {
  override name = 'DestinationRefused'
}

/**
 * Whether events may go to this address (against SSRF). Only public unicast addresses, and what the operator has listed
 * in WEBHOOK_ALLOW: a host, an address, or a range in CIDR notation. An IPv4-mapped IPv6 address (`::ffff:`) is checked as
 * its IPv4 address.
 */
export function mayReach(address: string, host: string, allow: string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return isPublic(parsed) || allow.includes(host) || allow.some((named) => covers(named, parsed))
}

/** IPv4-compatible IPv6 addresses (`::127.0.0.1`, RFC 4291 §2.5.5.1), of which the library has no range. */
const COMPATIBLE = ipaddr.parseCIDR('::/96')

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !(address.kind() === 'ipv6' && address.match(COMPATIBLE))
}

/** Whether this host, which may be an address, is in WEBHOOK_ALLOW. */
export function isNamed(hostname: string, allow: string[]): boolean {
  const bare = withoutBrackets(hostname)
  if (allow.includes(hostname) || allow.includes(bare)) return true
  return ipaddr.isValid(bare) && allow.some((named) => covers(named, ipaddr.process(bare)))
}

/** Whether a part of WEBHOOK_ALLOW is valid: a host, an address, or a range. */
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
 * The `lookup` of a connection: it connects only to what this returns, so a host that resolves to another address a moment
 * later (DNS rebinding) gains nothing. Fails with `DestinationRefused` where no address may be reached.
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

/** Checks a host that is an address: Node does not look it up. @throws {DestinationRefused} */
export function checkLiteral(hostname: string, allow: string[]): void {
  const bare = withoutBrackets(hostname)
  if (ipaddr.isValid(bare) && !mayReach(bare, hostname, allow))
    throw new DestinationRefused(`${bare} is not a public address; see WEBHOOK_ALLOW`)
}
