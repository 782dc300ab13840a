import type { Pool, PoolClient } from 'pg'
import { parseEmail } from '#lib/forms/email'
import { fieldNames, fieldOf } from '#lib/forms/fields'
import { HONEYPOT } from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/submission-schema'
import type { Arrival } from '#lib/leads/capture'

/** People write a link or two; link spam has many. */
const MANY_LINKS = 5

/** The signals of spam in a submission, as sentences for support. Each has false positives. */
export function findSpamReasons(values: Submitted): string[] {
  const reasons: string[] = []
  const message = fieldNames
    .filter((name) => fieldOf(name).kind === 'text')
    .map((name) => values[name] ?? '')
    .join('\n')
  if (values[HONEYPOT])
    reasons.push('A field that people do not see was filled in, by a bot or by a form filler.')
  if ((message.match(/https?:\/\//gi) ?? []).length >= MANY_LINKS) reasons.push('The message has many links.')
  if (/\[url=|\[link=/i.test(message)) reasons.push('The message is written for a forum (BBCode links).')
  return reasons
}

/** `reasons`: every signal, for support, also where the verdict is `accepted`. */
export type Judgment = { verdict: 'accepted' | 'flagged' | 'held'; reasons: string[] }

/**
 * Judges a submission. One signal never keeps it from support; two or more do, until support releases it. What support
 * released once for a mailbox is not counted again. A visitor's own release is no such proof, because anybody can type any
 * address: it excuses a later submission from waiting for one signal, never from two.
 */
export async function judge(client: Pool | PoolClient, { values, heldFor = [] }: Arrival): Promise<Judgment> {
  const reasons = [...new Set([...findSpamReasons(values), ...heldFor])]
  if (reasons.length === 0) return { verdict: 'accepted', reasons }
  const mailbox = parseEmail(String(values.email))?.mailbox
  const { rows } = await client.query<{ reason: string; bySupport: boolean }>(RELEASED, [mailbox])
  const released = new Map(rows.map(({ reason, bySupport }) => [reason, bySupport]))
  const counted = reasons.filter((reason) => !released.get(reason))
  if (counted.length > 1) return { verdict: 'held', reasons }
  return { verdict: counted.every((reason) => released.has(reason)) ? 'accepted' : 'flagged', reasons }
}

/** The reasons of released submissions of a mailbox (an address without its `+tag`), and whether support released one. */
const RELEASED = `
select reason, bool_or(e.data->>'cause' = 'support') as "bySupport"
from submissions s join leads l on l.id = s.lead_id
  join events e on e.lead_id = s.lead_id and e.submission_id = s.id and e.kind = 'released',
  unnest(s.reasons) as reason
where s.verdict = 'released' and regexp_replace(l.email_canonical, '\\+[^@]*@', '@') = $1
group by reason`
