import { expect, test } from './stack/test.ts'
import { freshAddress, linkIn, sentTo } from './stack/trial-visitor.ts'

test('the product reads and changes trials by API; a wrong token and a forbidden change are refused', async ({
  stack,
}) => {
  const token = 'a token of the product, forty characters.'.replaceAll(' ', '-')
  await stack.kill(stack.web, 'SIGTERM')
  stack.env.API_TOKEN = token
  await stack.startWeb()
  const email = freshAddress()
  const { reference } = await (
    await stack.post('trial', { name: 'Jane', email, company: 'Desert Spine', terms: true })
  ).json()
  const { paths } = await (await fetch(`${stack.url}/api/openapi.json`)).json()
  const call = async (path: string, method: string, body?: unknown, bearer = token) => {
    const answer = await fetch(`${stack.url}/api/trials/${reference}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': reference,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    // Every status is one that the API description lists.
    const { responses } = paths[`/api/trials/{reference}${path}`][method.toLowerCase()]
    expect(Object.keys(responses), `${method} ${path}`).toContain(String(answer.status))
    return answer
  }
  expect((await call('', 'GET', undefined, 'wrong')).status).toBe(401)
  expect(await (await call('', 'GET')).json()).toMatchObject({ reference, state: 'requested', ends_at: null })
  const early = await call('/convert', 'POST')
  expect([early.status, (await early.json()).detail]).toEqual([
    409,
    expect.stringContaining('not confirmed yet'),
  ])
  expect((await call('/extend', 'POST', { days: 0 })).status).toBe(422)
  const confirmed = await stack.sink.waitFor(sentTo(email))
  const press = () =>
    fetch(linkIn(confirmed), { method: 'POST', redirect: 'manual', body: new URLSearchParams() })
  // Two simultaneous clicks: one trial, and one of them proves the mailbox.
  const locations = (await Promise.all([press(), press()])).map((answer) => answer.headers.get('location'))
  expect(locations.filter((to) => to === '/trial/started')).toHaveLength(1)
  const before = await (await call('', 'GET')).json()
  const extended = await Promise.all([
    call('/extend', 'POST', { days: 7 }),
    call('/extend', 'POST', { days: 7 }),
  ])
  for (const answer of extended)
    expect(Date.parse((await answer.json()).ends_at) - Date.parse(before.ends_at)).toBe(7 * 86_400_000)
  expect((await call('/extend', 'POST', { days: 8 })).status).toBe(422)
  expect((await call('/extend', 'POST', { days: 7, weeks: 1 })).status).toBe(422)
  for (let twice = 0; twice < 2; twice++)
    expect(await (await call('/cancel', 'POST')).json()).toMatchObject({ state: 'cancelled' })
})

test('the product says by API that the person can sign in, and how; page and mail follow', async ({
  stack,
  page,
}) => {
  const email = freshAddress()
  const { reference } = await (
    await stack.post('trial', { name: 'Jane', email, company: 'Desert Spine', terms: true })
  ).json()
  const call = (body?: string) =>
    fetch(`${stack.url}/api/trials/${reference}/access`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${stack.env.API_TOKEN}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body,
    })
  expect((await call()).status).toBe(409)
  await page.goto(linkIn(await stack.sink.waitFor(sentTo(email))))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Start my trial')
  await page.getByRole('button', { name: 'Start my trial' }).click()
  await page.waitForURL(/\/trial\/started$/)
  await expect(page.getByText('you get the full 14 days from when you can sign in')).toBeVisible()
  await expect(
    page.getByText('and later by the time you wait: 14 days from when you can sign in.'),
  ).toBeVisible()
  const welcome = await stack.sink.waitFor(
    (each) => sentTo(email)(each) && /has started/.test(each.mail.subject ?? ''),
  )
  expect(welcome.mail.text?.replace(/\s+/g, ' ')).toContain(
    'you get the full 14 days from when you can sign in',
  )
  for (const [body, status] of [
    ['{"login_url": "http://app.example/in"}', 422],
    ['{"login_url": 5}', 422],
    ['{"url": "https://app.example/in"}', 422],
    ['{"login_url": "https://app.example/in"}', 200],
    ['{"login_url": "https://app.example/in"}', 200],
  ] as const)
    expect([body, (await call(body)).status]).toEqual([body, status])
  expect(await (await call()).json()).toMatchObject({
    state: 'active',
    access_at: expect.stringMatching(/Z$/),
    login_url: 'https://app.example/in',
  })
  const { mail } = await stack.sink.waitFor(
    (each) => sentTo(email)(each) && each.mail.subject === 'Your TrackStat account is ready',
  )
  expect(mail.text).toContain('https://app.example/in')
  expect(mail.text).toMatch(/Your trial runs until \w+, \w+ \d+,\s+\d+,\s+\d+:\d\d\s+[AP]M/)
  await page.reload()
  await expect(page.getByRole('link', { name: 'Sign in to TrackStat' })).toBeVisible()
  await expect(page.getByText('from when you can sign in')).toHaveCount(0)
})
