import { type Attribution, attributionNames } from '#lib/forms/forms'

/** The most that is kept of each attribution value, in UTF-16 code units. */
export const ATTRIBUTION_MAX = 200
/** The most that is read of one: cleaning takes time for each character. */
const MOST_RAW = 2000

/**
 * Cleans an attribution value: one line, well-formed Unicode, at most 200 characters. Never a reason to reject a form.
 */
export function cleanAttribution(value: string): string {
  return value
    .slice(0, MOST_RAW)
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, ATTRIBUTION_MAX)
    .toWellFormed()
    .trim()
}

/**
 * Where a visitor came from: the campaign in this page's address, else in that of the page of our own site that they
 * came from; the referring site only when it is another one; the path on which they landed.
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
    // One campaign, not a mixture of two.
    if (Object.keys(found).length) break
  }
  if (from && !internal) found.referrer = cleanAttribution(from.href)
  found.landing_page = cleanAttribution((internal ? from : here).pathname)
  return found
}
