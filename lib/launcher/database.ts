import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '#lib/config'
import { openDatabase } from '#lib/db/connection'
import { migrate } from '#lib/db/migrate'
import { SERVICE } from '#lib/postgres/roles'
import type { EmbeddedServer } from '#lib/postgres/server'
import { StartError } from '#lib/process/ports'
import { storeEndpoint } from '#lib/webhooks/endpoint'

const REACH_MS = 30_000

/** Migrates the embedded server's database as its owner, and gives the service role what it needs. */
export async function migrateEmbedded({ ownerUrl }: EmbeddedServer): Promise<void> {
  await migrateWhenReachable(ownerUrl, () => {}, SERVICE)
}

/**
 * Migrates. A server of one's own may start at the same time as this, as in a set of containers: it is
 * waited for, 30 s long.
 * @throws {StartError} naming the host, never the password
 */
export async function migrateWhenReachable(
  databaseUrl: string,
  onWait: (host: string) => void,
  serviceRole?: string,
): Promise<void> {
  const { host } = new URL(databaseUrl)
  for (let tries = 0, giveUp = Date.now() + REACH_MS; ; tries++) {
    const fault = await migrate(databaseUrl, serviceRole).catch((error) => error as NodeJS.ErrnoException)
    if (!fault) return
    if (!isUnreachable(fault) || Date.now() > giveUp)
      throw new StartError(`The database at ${host} could not be prepared: ${sayFault(fault)}`)
    if (tries === 0) onWait(host)
    await sleep(500)
  }
}

/** Before the site takes anything: events are written from here on, also those before the first worker is there. */
export async function announceReceiver(databaseUrl: string, config: Config): Promise<void> {
  const db = openDatabase(databaseUrl, 1)
  try {
    await storeEndpoint(db, config)
  } finally {
    await db.$client.end()
  }
}

function isUnreachable({ code }: NodeJS.ErrnoException): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '57P03'].includes(code ?? '')
}

/** Node's error for a name with several addresses has no message of its own. */
function sayFault(fault: NodeJS.ErrnoException): string {
  const cause = fault.cause instanceof Error ? `: ${fault.cause.message}` : ''
  return (fault.message || fault.code || fault.name) + cause
}
