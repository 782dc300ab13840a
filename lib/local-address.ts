import type { Config } from '#lib/config'

/** The origin at which this machine reaches a site that listens on `host`; a wildcard address is replaced by loopback. */
export function localAddress({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const open = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host)
  return `http://${open}:${port}`
}
