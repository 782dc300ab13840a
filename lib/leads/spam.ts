import { fieldNames, fieldOf } from '#lib/forms/fields'
import { HONEYPOT } from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/submission-schema'

/** People write a link or two; link spam has many. */
const MANY_LINKS = 5

/**
 * The reasons why a submission looks like spam, as sentences for support; empty if it does not. Such a submission is
 * stored and its mails are held, because each reason has false positives.
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
