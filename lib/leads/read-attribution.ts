import { type Attribution, attributionNames } from '#lib/forms/forms'
import { attributionOf, cleanAttribution } from '#lib/forms/page-attribution'
import { textOf } from '#lib/guard/body'

/**
 * A visitor's attribution, from the form's hidden fields. Without JavaScript these are empty; the Referer of a post from our
 * own page is then that page's URL with its campaign parameters.
 */
export function readAttribution(
  sent: Partial<Record<string, unknown>>,
  referer: string | null,
  appUrl: string,
): Attribution {
  const cleaned = attributionNames
    .map((name) => [name, cleanAttribution(textOf(sent[name]))])
    .filter(([, value]) => value)
  if (cleaned.length) return Object.fromEntries(cleaned)
  const page = referer ? URL.parse(referer) : null
  return page?.origin === new URL(appUrl).origin ? attributionOf(page.href, '') : {}
}
