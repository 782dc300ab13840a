import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Refused } from '#server/request-guard'

const REASONS = {
  308: 'This page has moved.',
  400: 'This address can’t be read.',
  404: 'There is nothing at this address.',
  405: 'This address doesn’t take this kind of request. Open the page again and use its form.',
}

/**
 * Responds to a refused request: HTML for browsers (`server/error-pages.ts` adds the site's header and footer),
 * problem+json (RFC 9457) for programs.
 */
export function sendRefusal(
  { status, headers }: Refused,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const reason = REASONS[status]
  const forPerson = request.headers.accept?.includes('text/html')
  response.writeHead(status, {
    ...headers,
    'Cache-Control': 'private, no-store',
    'Content-Type': forPerson ? 'text/html; charset=utf-8' : 'application/problem+json',
  })
  response.end(
    forPerson
      ? `<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>${TITLE}</title></head><body><main>
<div class="max-w-prose space-y-6"><h1>${TITLE}</h1><p class="text-lg text-muted">${reason}</p>
<p><a href="/" class="link">Go to the home page</a></p></div></main></body></html>`
      : JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail: reason }),
  )
}

const TITLE = 'This didn’t work'
