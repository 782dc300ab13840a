import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { webhookEndpoint } from '#lib/db/schema'

/** Which address this is, for a table that need not hold it: it may carry a secret of the receiver's. */
export function hashUrl(url: string): string {
  return createHash('sha256').update(url).digest('base64url')
}

/** Tells the database whether there is a receiver: from then on events are announced, or no more. */
export async function announceEndpoint(db: Database, config: Config): Promise<void> {
  const urlHash = config.webhook ? hashUrl(config.webhook.url) : null
  await db
    .insert(webhookEndpoint)
    .values({ urlHash })
    .onConflictDoUpdate({
      target: webhookEndpoint.id,
      // Another address, and back again: the operator wants it to be sent to.
      set: { urlHash, disabledUrlHash: null, since: sql`now()` },
      setWhere: sql`${webhookEndpoint.urlHash} is distinct from ${urlHash}`,
    })
}

/** Whether the receiver at this address said that it is gone (410). */
export async function isDisabled(db: Database, url: string): Promise<boolean> {
  const [row] = await db.select().from(webhookEndpoint)
  return row?.disabledUrlHash === hashUrl(url)
}

/** Nothing is sent to this address any more, until it is enabled or another one is set. Answers whether that is news. */
export async function disable(db: Pick<Database, 'update'>, url: string): Promise<boolean> {
  const disabledUrlHash = hashUrl(url)
  const changed = await db
    .update(webhookEndpoint)
    .set({ disabledUrlHash })
    .where(sql`${webhookEndpoint.disabledUrlHash} is distinct from ${disabledUrlHash}`)
    .returning()
  return changed.length > 0
}

export async function enable(db: Pick<Database, 'update'>): Promise<void> {
  await db.update(webhookEndpoint).set({ disabledUrlHash: null })
}
