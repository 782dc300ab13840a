import { site } from '#lib/site'

/**
 * A page made by hand, for a visitor whose form could not be taken now: it must not need the database. On its
 * way out it is put into the frame of the site (`server/error-pages.ts`); it is whole without it.
 * @param main HTML, everything in it escaped
 */
export function personPage(title: string, main: string, status: 429 | 503, retryAfter: number): Response {
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

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** How to reach a person while the site can't take what was sent. */
export function contactWays(): string {
  return `<p>You can also call <a href="${site.phoneHref}" class="link">${unbroken(site.phone)}</a> or email <a href="mailto:${site.email}" class="link">${site.email}</a>.</p>`
}

/** A telephone number on one line, also where there is no style to keep it there. */
function unbroken(phone: string): string {
  return phone.replaceAll(' ', '&nbsp;').replaceAll('-', '&#8209;')
}
