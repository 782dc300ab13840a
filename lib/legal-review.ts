import { type Config, isLoopback } from '#lib/config'

/** The reminder that counsel should read the legal pages of a public site; undefined where there is none. */
export function warnOfLegalReview(config: Pick<Config, 'appUrl' | 'legalReviewed'>): string | undefined {
  if (config.legalReviewed || isLoopback(config.appUrl)) return undefined
  return 'have your counsel review /privacy and /terms, then set LEGAL_REVIEWED=yes'
}
