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

/** One signal never keeps a submission from support; two or more do, until support releases it. */
export function verdictOf(reasons: string[]): 'accepted' | 'flagged' | 'held' {
  if (reasons.length === 0) return 'accepted'
  return reasons.length === 1 ? 'flagged' : 'held'
}

/** The reasons against a submission, without those for which one from the same mailbox was released before. */
export async function judge(client: Pool | PoolClient, { values, heldFor = [] }: Arrival): Promise<string[]> {
  const reasons = [...new Set([...findSpamReasons(values), ...heldFor])]
  if (reasons.length === 0) return []
  const { rows } = await client.query<{ reason: string }>(EXCUSED, [
    parseEmail(String(values.email))?.mailbox,
  ])
  return reasons.filter((reason) => !rows.some((row) => row.reason === reason))
}

/** The reasons that were forgiven for a mailbox: an address without its `+tag`. */
const EXCUSED = `
select distinct unnest(s.reasons) as reason from submissions s join leads l on l.id = s.lead_id
where s.verdict = 'released' and regexp_replace(l.email_canonical, '\\+[^@]*@', '@') = $1`
