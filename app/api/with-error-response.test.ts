import { expect, test } from 'vitest'
import { withErrorResponse, withRateLimit } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'

// Counting needs the database.
process.env.RATE_LIMIT = 'off'

const failing = withErrorResponse(async () => {
  throw new Error('the database is away')
})

/** The "try again" link for a request with this Referer. */
async function backLink(referer: string): Promise<string | undefined> {
  const request = new Request('http://localhost/api/trials/code', {
    method: 'POST',
    headers: { Accept: 'text/html', Referer: referer },
  })
  return /href="([^"]*)" class="[^"]*no-underline/.exec(await (await failing(request, {})).text())?.[1]
}

test('the link back is on this site for any Referer', async () => {
  const { appUrl } = readConfig()
  expect(await backLink(`${appUrl}/trial/check-email?resent=1`)).toBe('/trial/check-email?resent=1')
  for (const path of [
    '//evil.example/x',
    '/\\evil.example/x',
    '/.//evil.example',
    '@evil.example/',
    '.evil.example/',
  ])
    expect(await backLink(`${appUrl}${path}`), path).toBe('/')
  for (const referer of [
    'https://evil.example/x',
    '//evil.example',
    'javascript:alert(1)',
    'about:blank',
    '%',
  ])
    expect(await backLink(referer), referer).toBe('/')
})

test('503 of a form shows what was typed', async () => {
  const form = withRateLimit(async () => {
    throw new Error('the database is away')
  })
  const body = new URLSearchParams({ code: '4KX-7MT', email: 'jane@example.com', token: 'a secret' })
  const request = new Request('http://localhost/api/trials/code', {
    method: 'POST',
    headers: { Accept: 'text/html' },
    body,
  })
  const answer = await form(request, {})
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  const page = await answer.text()
  expect(page).toContain('4KX-7MT')
  expect(page).toContain('jane@example.com')
  expect(page).not.toContain('a secret')
})
