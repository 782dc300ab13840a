import { forms } from './stack/form-page.ts'
import { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'

/** Every refusal: a page in our frame for a browser, problem+json for a program, and the same status for both. */
const endpoints = [
  ...forms.map(({ form }) => `/api/submissions/${form}`),
  ...['code', 'address', 'resend', 'sign-in', 'confirm'].map((name) => `/api/trials/${name}`),
  ...['/api/unsubscribe', '/api/demo/progress', '/trial/confirm', '/unsubscribe'],
]
const form = 'application/x-www-form-urlencoded'
const refusals: [number, string, Record<string, string>][] = [
  [400, 'name=%ff', { 'Content-Type': form }],
  [400, 'name=Jane&name=Joan', { 'Content-Type': form }],
  [403, 'name=Jane', { 'Content-Type': form, Origin: 'https://evil.example' }],
  [403, 'name=Jane', { 'Content-Type': form, 'Sec-Fetch-Site': 'cross-site' }],
  [413, `name=Jane&message=${'x'.repeat(80_000)}`, { 'Content-Type': form }],
  [415, 'name=Jane', { 'Content-Type': 'text/plain' }],
  [415, 'name=Jane', { 'Content-Type': form, 'Content-Encoding': 'gzip' }],
]

for (const [status, body, headers] of refusals)
  test(`${status} for ${body.slice(0, 20)} ${JSON.stringify(headers)}`, async ({ stack }) => {
    for (const path of endpoints) {
      // RFC 8058: mail programs post from anywhere.
      if (status === 403 && path.endsWith('unsubscribe')) continue
      const ask = (Accept: string) =>
        fetch(stack.url + path, {
          method: 'POST',
          body,
          headers: { ...headers, Accept },
          redirect: 'manual',
        })
      const [person, program] = [await ask('text/html,*/*;q=0.8'), await ask('*/*')]
      expect([person.status, program.status], path).toEqual([status, status])
      expect(program.headers.get('content-type'), path).toBe('application/problem+json')
      expect((await program.json()).status).toBe(status)
      const page = await person.text()
      expect(person.headers.get('content-type'), path).toContain('text/html')
      for (const part of [
        'aria-label="Site"',
        '<h1>This didn’t work</h1>',
        'nothing was saved',
        'href="tel:+17603345013"',
      ])
        expect(page, path).toContain(part)
      expect(page, path).not.toMatch(/about:blank|"detail"|UTF-8|KiB|application\/json/)
      // What was read is shown.
      if (status === 413 || body.includes('name=Joan')) {
        const own = path.startsWith('/api/submissions/')
        if (own) expect(page, path).toMatch(/What you typed.*J(?:ane|oan)/s)
      }
    }
  })

test('405 is a page too, for an address that only takes forms, and for a page that takes none', async ({
  stack,
  page,
}) => {
  for (const path of endpoints.filter((each) => each.startsWith('/api/'))) {
    const opened = await page.goto(path)
    expect(opened?.status(), path).toBe(405)
    await expect(page.getByRole('heading', { name: 'This didn’t work' })).toBeVisible()
    await expect(page.getByRole('main').getByRole('link', { name: '(760) 334‑5013' })).toBeVisible()
    expect((await fetch(stack.url + path)).status, path).toBe(405)
  }
  const posted = await fetch(`${stack.url}/demo`, { method: 'POST', headers: { Accept: 'text/html' } })
  expect([posted.status, (await posted.text()).includes('tel:+17603345013')]).toEqual([405, true])
})

test('422 and a key that was used before: a page for a browser that sends JSON', async ({ stack }) => {
  const headers = { Accept: 'text/html', 'Idempotency-Key': crypto.randomUUID() }
  const wrong = await stack.post('demo', { name: 'Jane <b>', email: 'x' }, headers)
  const page = await wrong.text()
  expect(wrong.status).toBe(422)
  for (const part of ['Email address: Enter one email address', 'Jane &#60;b&#62;', 'tel:+17603345013'])
    expect(page).toContain(part)
  const email = `${crypto.randomUUID()}@example.com`
  const fields = { name: 'Jane Roe', email, company: 'Desert Spine' }
  expect((await stack.post('demo', fields, headers)).status).toBe(201)
  const other = await stack.post('demo', { ...fields, name: 'Other' }, headers)
  expect([other.status, (await other.text()).includes('<h1>')]).toEqual([422, true])
})

test('429: every form that counts, with what was typed', async () => {
  const limited = await new Stack().start({ RATE_LIMIT: 'on', WORKER: 'off' })
  try {
    for (let sent = 0; sent < 121; sent++) await limited.post('demo', {})
    for (const path of [
      '/api/submissions/inquiry',
      '/api/trials/code',
      '/api/trials/address',
      '/api/trials/resend',
    ]) {
      const body = new URLSearchParams({ code: '4KX-7MT', email: 'jane@example.com' })
      const ask = (Accept: string) => fetch(limited.url + path, { method: 'POST', body, headers: { Accept } })
      const person = await ask('text/html')
      expect(person.status, path).toBe(429)
      expect(Number(person.headers.get('retry-after'))).toBeGreaterThan(0)
      const page = await person.text()
      for (const part of ['aria-label="Site"', 'jane@example.com', 'tel:+17603345013'])
        expect(page, path).toContain(part)
      if (path.endsWith('/code')) expect(page).toContain('4KX-7MT')
    }
  } finally {
    await limited.stop()
  }
})

test('a form that is too long, without script: the page says what to do and shows what arrived', async ({
  browser,
  stack,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: stack.url })
  const page = await context.newPage()
  await page.goto('/contact')
  await page.getByLabel('Your name').fill('Jane Roe')
  await page.getByLabel('Your message').fill(`Dear TrackStat, ${'é'.repeat(40_000)}`)
  await page.getByRole('button', { name: 'Send message' }).click()
  await expect(page.getByRole('alert')).toContainText('too long')
  await expect(page.getByText('Jane Roe')).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('Your name')).toHaveValue('Jane Roe')
  await context.close()
})
