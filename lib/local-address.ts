import type { Config } from '#lib/config'

/** The origin for requests from this machine to a site that listens on `host`; loopback for a wildcard address. */
export function localAddress({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const target = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host)
  return `http://${target}:${port}`
}
