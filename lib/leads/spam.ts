import { fieldNames, fieldOf } from '#lib/forms/fields'
import { HONEYPOT } from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/schema'

/** A person writes a link or two; link spam lists them. */
const MANY_LINKS = 5

/**
 * Why a submission looks like spam, in words for support; empty when it does not. A reason holds the
 * mails back and never drops anything: each of these also happens to honest people now and then.
 */
export function findSpamReasons(values: Submitted): string[] {
  const reasons: string[] = []
  const message = fieldNames
    .filter((name) => fieldOf(name).kind === 'text')
    .map((name) => values[name] ?? '')
    .join('\n')
  if (values[HONEYPOT]) reasons.push('A field that people do not see was filled in.')
  if ((message.match(/https?:\/\//gi) ?? []).length >= MANY_LINKS) reasons.push('The message has many links.')
  if (/\[url=|\[link=/i.test(message)) reasons.push('The message is written for a forum (BBCode links).')
  return reasons
}
