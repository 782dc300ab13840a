import { buttonClasses } from '#app/_ui/layout/button-classes'
import { problem } from '#app/api/problem'
import { readConfig } from '#lib/config'
import { escapeHtml } from '#lib/escape-html'
import { fieldNames, fieldOf } from '#lib/forms/fields'
import type { FieldErrors } from '#lib/forms/submission-schema'
import { ownPath } from '#lib/guard/own-path'
import { site } from '#lib/site'

export type Refusal = {
  status: number
  /** For programs, and for people where `ADVICE` has no text of its own. */
  detail: string
  errors?: FieldErrors
  /** In seconds. */
  retryAfter?: number
  /** What was sent, where it was read: the page shows what was typed. */
  values?: Record<string, unknown>
  /** Where the page sends the same values again. */
  again?: `/${string}`
}

/** What a person can do about it. */
const ADVICE: Record<number, string> = {
  400: 'Your browser sent this in a way that we can’t read, so nothing was saved. Go back, reload the page, and send it again.',
  403: 'This form can only be sent from our own pages, so nothing was saved. Open the page again and send it there.',
  413: 'What you sent is too long, so nothing was saved. Go back, shorten it, and send it again.',
  415: 'Your browser sent this in a way that we can’t read, so nothing was saved. Go back, reload the page, and send it again.',
}

/** Whether a request is a browser's, which shows its answer to a person. */
export function wantsPage(headers: Headers): boolean {
  return headers.get('accept')?.includes('text/html') ?? false
}

/** A refusal: a page for browsers, problem+json (RFC 9457) for programs. */
export function refuse(headers: Headers, refusal: Refusal): Response {
  return wantsPage(headers) ? refusalPage(headers, refusal) : problem(refusal.status, refusal.detail, refusal)
}

/** The page of a refusal, for a form that was sent by a browser. */
export function refusalPage(headers: Headers, refusal: Refusal): Response {
  const { status, retryAfter } = refusal
  return new Response(refusalHtml(headers, refusal), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'private, no-store',
      ...(retryAfter && { 'Retry-After': String(retryAfter) }),
    },
  })
}

/** The HTML of a refusal. It needs no database. `server/error-pages.ts` adds the site's header and footer. */
export function refusalHtml(headers: Headers, refusal: Refusal): string {
  const { status, detail, errors = {}, retryAfter, values = {}, again } = refusal
  const title = again ? 'Please send this again' : retryAfter ? 'Please try again' : 'This didn’t work'
  const faults = Object.entries(errors).flatMap(([name, all]) =>
    all.map((fault) => `<li>${escapeHtml(`${labelOf(name) ?? name}: ${fault}`)}</li>`),
  )
  const main = [
    `<p role="alert" class="text-lg text-muted">${escapeHtml(ADVICE[status] ?? detail)}</p>`,
    faults.length > 0 && `<ul>${faults.join('')}</ul>`,
    again ? againForm(again, values) : backLink(headers),
    CONTACT,
    typedText(values),
  ]
  return `<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title></head>
<body><main><div class="max-w-prose space-y-6"><h1>${title}</h1>
${main.filter(Boolean).join('\n')}</div></main></body></html>`
}

/** Keeps all values, attribution too. Safe to press twice: without a key, the same content is the same submission. */
function againForm(action: string, values: Record<string, unknown>): string {
  const hidden = Object.entries(values).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`,
  )
  return `<form method="post" action="${action}">${hidden.join('')}
<button type="submit" class="${buttonClasses('primary')}">Send it again</button></form>`
}

function backLink(headers: Headers): string {
  const back = ownPath(headers.get('referer'), readConfig().appUrl)
  const text = back ? 'Go back and try again' : 'Go to the home page'
  return `<p><a href="${escapeHtml(back ?? '/')}" class="${buttonClasses('primary')} no-underline">${text}</a></p>`
}

/** The phone number does not wrap, without CSS. */
const CONTACT = `<p>You can also call <a href="${site.phoneHref}" class="link">${site.phone.replaceAll(' ', '&nbsp;').replaceAll('-', '&#8209;')}</a> or email <a href="mailto:${site.email}" class="link">${site.email}</a>.</p>`

function typedText(values: Record<string, unknown>): string {
  const typed = [...fieldNames, 'code'].flatMap((name) => {
    const value = values[name]
    if (typeof value !== 'string' || value === '') return []
    return [
      `<dt class="mt-3 font-semibold">${escapeHtml(labelOf(name) ?? '')}</dt><dd class="whitespace-pre-line text-muted">${escapeHtml(value)}</dd>`,
    ]
  })
  return typed.length > 0 ? `<h2>What you typed</h2><dl>${typed.join('')}</dl>` : ''
}

function labelOf(name: string): string | undefined {
  if (name === 'code') return 'Code'
  const field = fieldNames.find((each) => each === name)
  return field && fieldOf(field).label
}
