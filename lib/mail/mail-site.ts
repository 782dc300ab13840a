import type { Site } from '#emails/template'
import type { Config } from '#lib/config'
import { site as company } from '#lib/site'

/** The company's contact details that each mail shows. */
export function mailSite(config: Config): Site {
  const { phone, phoneHref, email, place } = company
  return { url: config.appUrl, phone, phoneHref, email, place, postalAddress: config.postalAddress }
}
