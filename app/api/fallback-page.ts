import { site } from '#lib/site'

/**
 * The page for a browser whose form is answered with 429 or 503. It needs no database. `server/error-pages.ts` adds the
 * site's header and footer.
 * @param main HTML, everything in it escaped
 */
export function fallbackPage(title: string, main: string, status: 429 | 503, retryAfter: number): Response {
  const page = `<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title></head>
<body><main><div class="max-w-prose space-y-6"><h1>${title}</h1>${main}</div></main></body></html>`
  return new Response(page, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Retry-After': String(retryAfter),
      'Cache-Control': 'private, no-store',
    },
  })
}

/** Links to support's phone number and address. */
export function contactLinks(): string {
  return `<p>You can also call <a href="${site.phoneHref}" class="link">${unbroken(site.phone)}</a> or email <a href="mailto:${site.email}" class="link">${site.email}</a>.</p>`
}

/** A phone number that does not wrap, without CSS. */
function unbroken(phone: string): string {
  return phone.replaceAll(' ', '&nbsp;').replaceAll('-', '&#8209;')
}
