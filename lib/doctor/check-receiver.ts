import type { Client } from 'pg'
import type { Config } from '#lib/config'
import { type Finding, ok, problem } from '#lib/doctor/finding'
import { hashUrl } from '#lib/webhooks/endpoint'

/** A receiver that works takes an event within seconds. */
const MAX_WAIT_S = 600

/** Whether the webhook receiver takes events. */
export async function checkReceiver(client: Client, { webhook }: Config): Promise<Finding[]> {
  if (!webhook) return []
  const { rows } = await client.query(
    `select (select disabled_url_hash from webhook_endpoint) = $1 as gone,
      (select count(*)::int from webhooks where state = 'failed' and created_at > now() - interval '30 days') as failed,
      (select extract(epoch from now() - min(created_at))::int from webhooks where state in ('queued', 'sending')) as waiting,
      (select last_error from webhooks where state = 'queued' and last_error is not null order by created_at limit 1) as error`,
    [hashUrl(webhook.url)],
  )
  const { gone, failed, waiting, error } = rows[0]
  if (gone) return [problem('Webhooks', 'the receiver answered 410 Gone; npm run webhook -- enable')]
  if (waiting > MAX_WAIT_S)
    return [
      problem(
        'Webhooks',
        `the oldest event waits for ${Math.round(waiting / 60)} minutes: ${error ?? 'not tried yet'}`,
      ),
    ]
  if (failed)
    return [
      problem('Webhooks', `${failed} were given up in the last 30 days; npm run webhook -- replay --failed`),
    ]
  return [ok('Webhooks', 'the receiver takes them')]
}
