import type { Stack } from './stack.ts'

/**
 * Ends the leases of a killed worker now, so that a test need not wait for them. Call it while no worker runs.
 * @returns how long the longest one still had, in seconds; 0 if there is none
 */
export async function endLeases(stack: Stack, outbox: 'mails' | 'webhooks'): Promise<number> {
  const [row] = await stack.query<{ seconds: number }>(
    `with held as (select id, not_before from ${outbox} where state = 'sending'),
      ended as (update ${outbox} set not_before = now() from held where ${outbox}.id = held.id)
    select coalesce(extract(epoch from max(not_before) - now()), 0)::float as seconds from held`,
  )
  return row?.seconds ?? 0
}
