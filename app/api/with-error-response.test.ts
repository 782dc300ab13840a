import { expect, test } from 'vitest'
import { withErrorResponse } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'

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
