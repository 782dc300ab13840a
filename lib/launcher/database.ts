import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '#lib/config'
import { openDatabase } from '#lib/db/connection'
import { migrate } from '#lib/db/migrate'
import { OperatorError } from '#lib/operator-error'
import { SERVICE } from '#lib/postgres/roles'
import type { EmbeddedServer } from '#lib/postgres/server'
import { storeEndpoint } from '#lib/webhooks/endpoint'

const CONNECT_TIMEOUT_MS = 30_000

/** Migrates the embedded server's database as its owner, and gives the service role what it needs. */
export async function migrateEmbedded({ ownerUrl }: EmbeddedServer): Promise<void> {
  await migrateWhenReachable(ownerUrl, () => {}, SERVICE)
}

/**
 * Migrates. Waits up to 30 s for a database server that starts at the same time, as with containers.
 * @throws {OperatorError} with the host, never the password
 */
export async function migrateWhenReachable(
  databaseUrl: string,
  onWait: (host: string) => void,
  serviceRole?: string,
): Promise<void> {
  const { host } = new URL(databaseUrl)
  for (let tries = 0, giveUp = Date.now() + CONNECT_TIMEOUT_MS; ; tries++) {
    const fault = await migrate(databaseUrl, serviceRole).catch((error) => error as NodeJS.ErrnoException)
    if (!fault) return
    if (!isUnreachable(fault) || Date.now() > giveUp)
      throw new OperatorError(`The database at ${host} could not be prepared: ${messageOf(fault)}`)
    if (tries === 0) onWait(host)
    await sleep(500)
  }
}

/** Stores the webhook receiver before the site starts, so that events are recorded before the first worker runs. */
export async function storeReceiver(databaseUrl: string, config: Config): Promise<void> {
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

/** Node's error for a host with several addresses has no message. */
function messageOf(fault: NodeJS.ErrnoException): string {
  const cause = fault.cause instanceof Error ? `: ${fault.cause.message}` : ''
  return (fault.message || fault.code || fault.name) + cause
}
