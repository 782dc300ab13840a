import { readConfig } from '#lib/config'

/** The placeholder for APP_URL in prerendered pages. `.invalid` is never a real domain (RFC 2606). */
export const ORIGIN_PLACEHOLDER = 'https://origin.invalid'

/** The public origin for a page's addresses. A prerendered page gets the placeholder; `readStaticPages` replaces it. */
export function publicOrigin(): string {
  return process.env.NEXT_PHASE === 'phase-production-build' ? ORIGIN_PLACEHOLDER : readConfig().appUrl
}
