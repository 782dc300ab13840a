import { cutAttribution } from '#lib/forms/attribution'
import { type Attribution, attributionNames } from '#lib/forms/forms'

/**
 * Where a visitor came from. What the form says counts; without script the form says nothing, and
 * the Referer of a post from our own page still has that page's address with its campaign.
 */
export function readAttribution(
  given: Partial<Record<string, unknown>>,
  referer: string | null,
  appUrl: string,
): Attribution {
  const said = pick(given)
  if (Object.keys(said).length) return said
  const page = referer ? URL.parse(referer) : null
  if (!page || page.origin !== new URL(appUrl).origin) return {}
  return { ...pick(Object.fromEntries(page.searchParams)), landing_page: page.pathname.slice(0, 200) }
}

function pick(values: Partial<Record<string, unknown>>): Attribution {
  return Object.fromEntries(
    attributionNames
      .map((name) => [name, values[name]] as const)
      .filter((entry): entry is [(typeof attributionNames)[number], string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, cutAttribution(value)])
      .filter(([, value]) => value),
  )
}
