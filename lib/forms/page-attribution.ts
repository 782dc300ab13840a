import { type Attribution, attributionNames } from '#lib/forms/forms'

/** The maximum stored length of an attribution value, in UTF-16 code units. */
export const ATTRIBUTION_MAX = 200
/** The maximum length that is cleaned, which bounds the time that it takes. */
const MAX_RAW = 2000

/** Cleans an attribution value: one line, well-formed, at most 200 characters. Never a reason to reject a form. */
export function cleanAttribution(value: string): string {
  return value
    .slice(0, MAX_RAW)
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, ATTRIBUTION_MAX)
    .toWellFormed()
    .trim()
}

/**
 * The visitor's attribution: the campaign in this page's URL, or else in the URL of the page before, if it is on this
 * site; the referrer, if it is another site; the landing path.
 */
export function attributionOf(address: string, referrer: string): Attribution {
  const here = new URL(address)
  const from = URL.canParse(referrer) ? new URL(referrer) : undefined
  const internal = from?.origin === here.origin
  const found: Attribution = {}
  for (const page of internal ? [here, from] : [here]) {
    for (const name of attributionNames) {
      const value = cleanAttribution(page.searchParams.get(name) ?? '')
      if (value && name !== 'referrer' && name !== 'landing_page') found[name] ??= value
    }
    // Parameters of one campaign only, never mixed.
    if (Object.keys(found).length) break
  }
  if (from && !internal) found.referrer = cleanAttribution(from.href)
  found.landing_page = cleanAttribution((internal ? from : here).pathname)
  return found
}
