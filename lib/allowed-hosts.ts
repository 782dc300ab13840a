import ipaddr from 'ipaddr.js'

/** Whether WEBHOOK_ALLOW holds this host or, where it is an IP address, a range around it. */
export function isAllowedHost(hostname: string, allow: string[]): boolean {
  const bare = withoutBrackets(hostname)
  if (allow.includes(hostname) || allow.includes(bare)) return true
  return ipaddr.isValid(bare) && allow.some((named) => covers(named, ipaddr.process(bare)))
}

/** Whether a part of WEBHOOK_ALLOW is valid: a host, an IP address, or a CIDR range. */
export function isValidAllowEntry(part: string): boolean {
  if (ipaddr.isValid(part) || ipaddr.isValidCIDR(part)) return true
  return /^(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(part)
}

/** `[::1]` → `::1`. */
export const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

/** Whether a part of WEBHOOK_ALLOW holds this IP address. */
export function covers(named: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValidCIDR(named)) {
    const range = ipaddr.parseCIDR(named)
    return range[0].kind() === address.kind() && address.match(range)
  }
  return ipaddr.isValid(named) && ipaddr.process(named).toString() === address.toString()
}
