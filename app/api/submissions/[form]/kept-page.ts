import { type FieldName, fieldOf } from '#lib/forms/fields'
import { type FormName, fieldsOf, forms } from '#lib/forms/forms'
import { site } from '#lib/site'

/**
 * The page for a visitor without JavaScript whose form can't be stored now: it holds everything that
 * was typed and sends it again at one press. Written by hand, because it must work when the database,
 * where `/review` keeps its drafts, does not.
 */
export function keptPage(
  form: FormName,
  values: Record<string, unknown>,
  detail: string,
  status: number,
  retryAfter: number,
): Response {
  const hidden = Object.entries(values).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`,
  )
  const shown = fieldsOf(form)
    .filter(({ name }) => values[name])
    .map(({ name }) => `<dt>${labelOf(name)}</dt><dd>${escapeHtml(String(values[name]))}</dd>`)
  const page = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Please send this again · ${site.name}</title></head>
<body><main><h1>Please send this again</h1>
<p role="alert">${detail}</p>
<form method="post" action="/api/submissions/${form}">${hidden.join('')}
<button type="submit">${forms[form].submit}</button></form>
<p>Or call us: <a href="${site.phoneHref}">${unbroken(site.phone)}</a>.</p>
<h2>What you typed</h2><dl>${shown.join('')}</dl></main></body></html>`
  return new Response(page, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Retry-After': String(retryAfter),
      'Cache-Control': 'private, no-store',
    },
  })
}

function labelOf(name: FieldName): string {
  return escapeHtml(fieldOf(name).label)
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A telephone number on one line, where there is no style to keep it there. */
const unbroken = (phone: string) => phone.replaceAll(' ', '&nbsp;').replaceAll('-', '&#8209;')

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
