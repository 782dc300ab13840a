import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { webhookEndpoint } from '#lib/db/schema'

/** Identifies a URL in the database, which does not store the URL itself because it may contain a secret. */
export function hashUrl(url: string): string {
  return createHash('sha256').update(url).digest('base64url')
}

/** Stores whether WEBHOOK_URL is set: from then on events get a webhook, or none. */
export async function storeEndpoint(db: Database, config: Config): Promise<void> {
  const urlHash = config.webhook ? hashUrl(config.webhook.url) : null
  await db
    .insert(webhookEndpoint)
    .values({ urlHash })
    .onConflictDoUpdate({
      target: webhookEndpoint.id,
      // A changed address is enabled, even if it had answered 410 before.
      set: { urlHash, disabledUrlHash: null, since: sql`now()` },
      setWhere: sql`${webhookEndpoint.urlHash} is distinct from ${urlHash}`,
    })
}

/** Whether the receiver at this address answered 410 (gone). */
export async function isDisabled(db: Database, url: string): Promise<boolean> {
  const [row] = await db.select().from(webhookEndpoint)
  return row?.disabledUrlHash === hashUrl(url)
}

/** Stops sending to this address until it is enabled or another one is set. @returns whether it was enabled before */
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
