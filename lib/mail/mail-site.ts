import type { SenderDetails } from '#emails/template'
import type { Config } from '#lib/config'
import { site as company } from '#lib/site'

/** The sender's details that each mail prints. */
export function mailSite(config: Config): SenderDetails {
  const { phone, phoneHref, email, place } = company
  return { phone, phoneHref, email, place, postalAddress: config.postalAddress }
}
