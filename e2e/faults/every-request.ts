import { randomUUID } from 'node:crypto'
import type { Stack } from '../stack/stack.ts'
import { codeIn, linkIn, sentTo, wrongCode } from '../stack/trial-visitor.ts'

/** Put into every field: where it appears in a log, any visitor text would. */
const CANARY = 'Canary'
const PHONE = '(760) 555-0142'

/** What must not appear in a log. The first letter and the domain of an address may. */
export const TELLTALE = /canary|555.?0142/i

/** A visitor who requested a trial: what the browser and the mailbox received. */
export type Visitor = { email: string; reference: string; cookie: string; link: string; code: string }

/** Every request comes from another network, so that no rate limit refuses one. */
let networks = 0
const network = () => `203.0.${Math.floor(++networks / 250) % 250}.${(networks % 250) + 1}`

const headers = (cookie: string, more: Record<string, string> = {}) => ({
  'X-Forwarded-For': network(),
  'User-Agent': `${CANARY}/1.0 \u001b[31m`.replace('\u001b', '%1b'),
  Accept: 'text/html',
  Cookie: cookie,
  ...more,
})

const person = (email: string) => ({
  name: `${CANARY} Roe`,
  email,
  company: `${CANARY} Spine`,
  phone: PHONE,
  role: CANARY,
  utm_source: CANARY,
  referrer: `https://${CANARY}.example/`,
})
const message = `${CANARY} writes\r\n{"level":"fatal"}`
const freshCanary = () => `${CANARY}${randomUUID()}@example.com`

/** Requests a trial and waits for its mail. */
export async function createVisitor(stack: Stack): Promise<Visitor> {
  const email = freshCanary()
  const answer = await stack.post('trial', { ...person(email), terms: true }, headers(''))
  const { reference } = (await answer.json()) as { reference: string }
  const mail = await stack.sink.waitFor(sentTo(email))
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { email, reference, cookie, link: linkIn(mail), code: codeIn(mail) }
}

/** Makes every kind of request, with a canary in every field. Returns the statuses. */
export async function makeEveryRequest(stack: Stack, visitor: Visitor): Promise<number[]> {
  const { cookie, reference, link, code } = visitor
  const token = new URL(link).searchParams.get('token') ?? ''
  const answered: Response[] = []
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(stack.url + path, {
      redirect: 'manual',
      ...init,
      headers: headers(cookie, init.headers as Record<string, string>),
    })
    answered.push(answer)
    await answer.arrayBuffer()
    return answer
  }
  const json = (path: string, body: unknown, more: Record<string, string> = {}) => {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json', ...more }
    return send(path, { method: 'POST', body: JSON.stringify(body), headers })
  }
  const form = (path: string, body: Record<string, string>) =>
    send(path, { method: 'POST', body: new URLSearchParams(body) })

  await json('/api/submissions/demo', { ...person(freshCanary()), message })
  await json('/api/submissions/inquiry', { ...person(freshCanary()), role: undefined, message })
  await json('/api/submissions/trial', { ...person(freshCanary()), terms: true })
  await json('/api/submissions/demo', person(freshCanary()), { 'Idempotency-Key': randomUUID() })
  await form('/api/submissions/demo', { ...person(freshCanary()), message })
  const draft = await form('/api/submissions/demo', { ...person(CANARY), message })
  const draftCookie = draft.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await json('/api/demo/progress', { spans: '0-12', position: 12, duration: 60 })
  await form('/api/trials/code', { code: wrongCode(code), time_zone: CANARY })
  await form('/api/trials/code', { code: CANARY })
  const address = await form('/api/trials/address', { email: CANARY })
  const addressCookie = address.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await form('/api/trials/address', { email: freshCanary() })
  for (const name of [reference, CANARY]) await form('/api/held-mail', { reference: name })
  await form('/api/trials/resend', {})
  await form('/api/trials/resend', { token })
  await form('/trial/confirm', { token: `${CANARY}.${CANARY}` })
  await form('/trial/confirm', { token })
  await form('/unsubscribe', { token: CANARY })
  for (const path of ['/trial', '/trial/known', '/trial/check-email', '/trial/started', '/demo/watch'])
    await send(`${path}?${CANARY}=${CANARY}`)
  for (const path of ['/contact/sent', '/readyz', '/demo/sample.mp4', `/trial/${CANARY}`, `/${CANARY}`])
    await send(path)
  await send(`/trial/confirm?token=${token}`)
  await send('/review', { headers: { Cookie: draftCookie } })
  await send('/trial/check-email?again=address', { headers: { Cookie: `${cookie}; ${addressCookie}` } })
  const program = { Authorization: `Bearer ${stack.env.API_TOKEN}` }
  for (const trial of [reference, CANARY]) {
    await send(`/api/trials/${trial}`, { headers: program })
    await json(`/api/trials/${trial}/extend`, { days: 1 }, { ...program, 'Idempotency-Key': CANARY })
  }
  return answered.map(({ status }) => status)
}
