import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Unacknowledged bytes in the kernel for each TCP connection, by connection key, from Linux's `/proc/net/tcp`
 * (proc_pid_net(5)). Node counts a response as sent once it is in the kernel, which buffers up to 4 MiB, so only this shows
 * which clients never read. Empty on other systems.
 */
export async function readSendQueues(): Promise<Map<string, number>> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  )
  return new Map(tables.flatMap((table) => table.split('\n').slice(1)).flatMap(readRow))
}

/** The connection's key: both addresses as in the table. Available only while it is connected. */
export function connectionKey({ localAddress, localPort, remoteAddress, remotePort }: Socket): string {
  return `${formatEnd(localAddress, localPort)} ${formatEnd(remoteAddress, remotePort)}`
}

function readRow(row: string): [string, number][] {
  const [, local, remote, , queues] = row.trim().split(/\s+/)
  const unsent = Number.parseInt(queues ?? '', 16)
  return unsent > 0 ? [[`${local} ${remote}`, unsent]] : []
}

/** `127.0.0.1`, 3000 → `0100007F:0BB8`: the address in 32-bit words of the machine's byte order. */
function formatEnd(address = '', port = 0): string {
  if (!ipaddr.isValid(address)) return ''
  const bytes = Buffer.from(ipaddr.parse(address).toByteArray()).swap32()
  return `${bytes.toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase()
}
