import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Stack } from './stack.ts'

/** A page and the cookies to open it with, as `name=value; name=value`. */
export type PageVisit = { path: string; cookies?: string; status?: number }

/** Public pages, also for search engines. */
export const publicPaths = ['/', '/97014', '/demo', '/trial', '/contact', '/privacy', '/terms']

/** Personal pages without cookies. */
const bare = ['/review', '/trial/check-email', '/trial/confirm?token=x', '/trial/started', '/trial/known']
  .concat('/unsubscribe', '/contact/sent')
  .map((path) => ({ path }))

const faulty = [{ path: '/failure' }, { path: '/no-such-page', status: 404 }]

/** Personal pages without cookies and after a submission of each form, and error pages. */
export async function listPersonalPages(stack: Stack): Promise<PageVisit[]> {
  const who = { name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' }
  const watched = cookiesOf(await stack.post('demo', who))
  const asked = cookiesOf(await stack.post('inquiry', { ...who, message: 'When are you open?' }))
  const tried = cookiesOf(await stack.post('trial', { ...who, terms: true }))
  const refused = cookiesOf(await postPlainly(stack, 'name=Jane&email=jane&phone=call+me'))
  const corrected = cookiesOf(
    await postPlainly(stack, `name=Jane&email=${randomUUID()}@example.com&company=Spine`, refused),
  )
  const mail = await stack.sink.waitFor(
    ({ to, mail }) => to.includes(who.email) && /confirm\?token=/.test(mail.text ?? ''),
  )
  const confirm = /\/trial\/confirm\?token=\S+/.exec(mail.mail.text ?? '')?.[0] ?? ''
  return [
    ...bare,
    ...faulty,
    { path: '/demo/watch', cookies: watched },
    { path: '/trial', cookies: watched },
    { path: '/contact/sent', cookies: asked },
    { path: '/trial/check-email', cookies: tried },
    { path: '/trial/started', cookies: tried },
    { path: confirm, cookies: tried },
    { path: '/trial/check-email?repeated=1', cookies: tried },
    { path: '/contact/sent?repeated=1', cookies: asked },
    { path: '/review', cookies: refused },
    { path: '/review', cookies: corrected },
    { path: '/unsubscribe?token=x' },
    { path: '/unsubscribe?done=1' },
  ]
}

/** All pages. */
export const listAllPages = async (stack: Stack): Promise<PageVisit[]> => [
  ...publicPaths.map((path) => ({ path })),
  ...(await listPersonalPages(stack)),
]

/** Fetches a page. @throws on an unexpected status or a redirect */
export async function read(stack: Stack, { path, cookies = '', status = 200 }: PageVisit): Promise<string> {
  const answer = await fetch(stack.url + path, { headers: { cookie: cookies }, redirect: 'manual' })
  if (answer.status !== status) throw new Error(`${path}: ${answer.status} instead of ${status}`)
  return answer.text()
}

/** Opens a page in the browser with its cookies and no others. */
export async function open(page: Page, stack: Stack, { path, cookies = '' }: PageVisit): Promise<void> {
  await page.context().clearCookies()
  for (const pair of cookies.split('; ').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=')
    await page.context().addCookies([{ name, value, url: stack.url }])
  }
  await page.goto(stack.url + path)
}

function postPlainly(stack: Stack, body: string, cookie = ''): Promise<Response> {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return stack.post('demo', body, { ...type, cookie })
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
