import { randomUUID } from 'node:crypto'
import type { Stack } from '../stack/stack.ts'
import { codeIn, linkIn, sentTo, wrongCode } from '../stack/trial-visitor.ts'

/** Stands in every field that a visitor can fill: where this shows, so would anything else. */
const CANARY = 'Canary'
const PHONE = '(760) 555-0142'

/** What must not be found in a log; the first letter and the domain of an address may. */
export const TELLTALE = /canary|555.?0142/i

/** A visitor with a request for a trial, as the browser and the mailbox know it. */
export type Visitor = { email: string; reference: string; cookie: string; link: string; code: string }

/** Every request comes from another network: none is refused for being one of many. */
let networks = 0
const network = () => `203.0.${Math.floor(++networks / 250) % 250}.${(networks % 250) + 1}`

const headers = (cookie: string, more: Record<string, string> = {}) => ({
  'X-Forwarded-For': network(),
  'User-Agent': `${CANARY}/1.0 \u001b[31m`.replace('\u001b', '%1b'),
  Accept: 'text/html',
  Cookie: cookie,
  ...more,
})

const who = (email: string) => ({
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

/** Somebody asks for a trial, and the mail arrives. */
export async function givenVisitor(stack: Stack): Promise<Visitor> {
  const email = freshCanary()
  const answer = await stack.post('trial', { ...who(email), terms: true }, headers(''))
  const { reference } = (await answer.json()) as { reference: string }
  const mail = await stack.sink.waitFor(sentTo(email))
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { email, reference, cookie, link: linkIn(mail), code: codeIn(mail) }
}

/** Makes every kind of request, whatever is answered, with a canary in every field. Answers the statuses. */
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

  await json('/api/submissions/demo', { ...who(freshCanary()), message })
  await json('/api/submissions/inquiry', { ...who(freshCanary()), role: undefined, message })
  await json('/api/submissions/trial', { ...who(freshCanary()), terms: true })
  await json('/api/submissions/demo', who(freshCanary()), { 'Idempotency-Key': randomUUID() })
  await form('/api/submissions/demo', { ...who(freshCanary()), message })
  const draft = await form('/api/submissions/demo', { ...who(CANARY), message })
  const draftCookie = draft.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await json('/api/demo/progress', { spans: '0-12', position: 12, duration: 60 })
  await form('/api/trials/code', { code: wrongCode(code), time_zone: CANARY })
  await form('/api/trials/code', { code: CANARY })
  const slip = await form('/api/trials/address', { email: CANARY })
  const slipCookie = slip.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await form('/api/trials/address', { email: freshCanary() })
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
  await send('/trial/check-email?again=address', { headers: { Cookie: `${cookie}; ${slipCookie}` } })
  const program = { Authorization: `Bearer ${stack.env.API_TOKEN}` }
  for (const trial of [reference, CANARY]) {
    await send(`/api/trials/${trial}`, { headers: program })
    await json(`/api/trials/${trial}/extend`, { days: 1 }, { ...program, 'Idempotency-Key': CANARY })
  }
  return answered.map(({ status }) => status)
}
