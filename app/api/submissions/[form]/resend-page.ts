import { buttonClasses } from '#app/_ui/layout/button-classes'
import { contactLinks, fallbackPage } from '#app/api/fallback-page'
import { escapeHtml } from '#lib/escape-html'
import { type FieldName, fieldOf } from '#lib/forms/fields'
import { type FormName, fieldsOf } from '#lib/forms/forms'

/**
 * The page for a plain form that can't be stored now. It contains all values and posts them again. /review can't be
 * used, because it needs the database.
 */
export function resendPage(
  form: FormName,
  values: Record<string, unknown>,
  detail: string,
  status: 429 | 503,
  retryAfter: number,
): Response {
  const hidden = Object.entries(values).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`,
  )
  const shown = fieldsOf(form)
    .filter(({ name }) => values[name])
    .map(
      ({ name }) =>
        `<dt class="mt-3 font-semibold">${labelOf(name)}</dt><dd class="whitespace-pre-line text-muted">${escapeHtml(String(values[name]))}</dd>`,
    )
  const main = `<p role="alert" class="text-lg text-muted">${detail}</p>
<form method="post" action="/api/submissions/${form}">${hidden.join('')}
<button type="submit" class="${buttonClasses('primary')}">Send it again</button></form>
${contactLinks()}
<h2>What you typed</h2><dl>${shown.join('')}</dl>`
  return fallbackPage('Please send this again', main, status, retryAfter)
}

function labelOf(name: FieldName): string {
  return escapeHtml(fieldOf(name).label)
}
