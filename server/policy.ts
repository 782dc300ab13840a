type Sources = { scripts: string; styles?: string; media?: string }

/**
 * The Content-Security-Policy (CSP Level 3): only our own origin, and only the inline scripts and styles that are listed.
 * `scripts`: a nonce, the hashes of a prerendered page's scripts, or `'none'`; `styles`: the hash of an inline stylesheet;
 * `media`: another origin for films.
 */
export function contentSecurityPolicy({ scripts, styles = "'self'", media = '' }: Sources): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `media-src 'self'${media && ` ${media}`}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** Headers of every response. HSTS only with https, because otherwise it would lock visitors out. */
export function securityHeaders(appUrl: string): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // `no-referrer` would make browsers send `Origin: null` with plain forms, and old ones no Sec-Fetch-Site to judge by.
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(appUrl.startsWith('https:') && {
      'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    }),
  }
}

const SOCIAL_CARD = /\/opengraph-image(?:-\w+)?$/

/** Headers with which other sites may show the pictures of shared links, also with `crossorigin` or under COEP. */
export function embeddingHeaders(path: string): Record<string, string> {
  if (!SOCIAL_CARD.test(path)) return {}
  return { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' }
}
