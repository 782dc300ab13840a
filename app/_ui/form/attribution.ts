import { type Attribution, attributionNames } from '#lib/forms/forms'

const MOST = 200

/**
 * Where this visitor came from: the campaign in this page's address, else in that of the page of ours
 * they came from; the referring site only when it is another one; the path on which they landed.
 */
export function attributionOf(address: string, referrer: string): Attribution {
  const here = new URL(address)
  const from = URL.canParse(referrer) ? new URL(referrer) : undefined
  const ours = from?.origin === here.origin
  const found: Attribution = {}
  for (const page of ours ? [here, from] : [here]) {
    for (const name of attributionNames) {
      const value = page.searchParams.get(name)
      if (value && name !== 'referrer' && name !== 'landing_page') found[name] ??= value.slice(0, MOST)
    }
    // One campaign, not a mixture of two.
    if (Object.keys(found).length) break
  }
  if (from && !ours) found.referrer = from.href.slice(0, MOST)
  found.landing_page = (ours ? from : here).pathname.slice(0, MOST)
  return found
}
