import type { Client } from 'pg'
import { type Finding, ok, problem } from '#lib/doctor/finding'

const MINUTE_S = 60

/** Whether the workers could last deliver to the mail server. */
export async function checkDelivery(client: Client): Promise<Finding> {
  const { rows } = await client.query(
    'select state, reason, extract(epoch from now() - since)::int as seconds from mail_server_state',
  )
  const [route] = rows
  if (!route) return ok('Delivery', 'no mail was sent yet')
  const { state, reason, seconds } = route
  if (state === 'ok') return ok('Delivery', 'the mail server took the last mail')
  return problem(
    'Delivery',
    `${state} for ${Math.ceil(seconds / MINUTE_S)} min: ${reason}; mails wait, check SMTP_URL`,
  )
}
