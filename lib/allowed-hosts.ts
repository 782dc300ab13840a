import ipaddr from 'ipaddr.js'

/** Whether WEBHOOK_ALLOW contains this host, or a range that contains this IP address. */
export function isAllowedHost(hostname: string, allow: string[]): boolean {
  const bare = withoutBrackets(hostname)
  if (allow.includes(hostname) || allow.includes(bare)) return true
  return ipaddr.isValid(bare) && allow.some((entry) => covers(entry, ipaddr.process(bare)))
}

/** Whether an entry of WEBHOOK_ALLOW is valid: a host, an IP address, or a CIDR range. */
export function isValidAllowEntry(entry: string): boolean {
  if (ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)) return true
  return /[a-z]/.test(entry) && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(entry)
}

/** `[::1]` → `::1`. */
export const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

/** Whether an entry of WEBHOOK_ALLOW is this IP address, or a range that contains it. */
export function covers(entry: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValidCIDR(entry)) {
    const range = ipaddr.parseCIDR(entry)
    return range[0].kind() === address.kind() && address.match(range)
  }
  return ipaddr.isValid(entry) && ipaddr.process(entry).toString() === address.toString()
}
