import { readConfig } from '#lib/config'

/** Stands for APP_URL in what was built; `.invalid` can never be somebody's address (RFC 2606). */
export const ORIGIN_PLACEHOLDER = 'https://origin.invalid'

/**
 * The public origin for a page's addresses. It is a setting: what is prerendered holds the placeholder,
 * which `readStaticPages` replaces when the site starts.
 */
export function publicOrigin(): string {
  return process.env.NEXT_PHASE === 'phase-production-build' ? ORIGIN_PLACEHOLDER : readConfig().appUrl
}
