import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHANGED_PROJECT } from '../stack/changed-project.ts'
import { Stack } from '../stack/stack.ts'

/**
 * A field is declared once; a form is its declaration and its pages. The changed project has a new field ("clinicians")
 * and a fourth form ("newsletter", only an address).
 */
const stack = new Stack(CHANGED_PROJECT)
beforeAll(async () => void (await stack.start()))
afterAll(() => stack.stop())

async function read(path: string, cookie = ''): Promise<string> {
  const answer = await fetch(stack.url + path, { headers: { cookie } })
  expect(answer.status, path).toBe(200)
  return (await answer.text()).replaceAll('<!-- -->', '')
}

const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
const person = () => ({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' })
const noticeAbout = (email: string, subject: RegExp) =>
  stack.sink.waitFor(
    ({ mail }) => mail.replyTo?.value[0]?.address === email && subject.test(mail.subject ?? ''),
  )
/** Posts a form as a browser without script does; redirects are not followed. */
const postPlainly = (form: string, fields: Record<string, string>) =>
  fetch(`${stack.url}/api/submissions/${form}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: stack.url },
    body: new URLSearchParams(fields),
  })

test('the pages show them, with the script that validates a form', async () => {
  for (const path of ['/demo', '/trial']) {
    const page = await read(path)
    expect(page).toContain('How many clinicians work there?<span class="font-normal text-muted"> (optional)')
    expect(page).toMatch(/<input [^>]*inputMode="numeric"[^>]*name="clinicians"/)
    // An optional field is among those that script folds.
    expect(/<details open="".*?<\/details>/s.exec(page)?.[0]).toContain('name="clinicians"')
  }
  expect(await read('/contact')).not.toContain('clinicians')
  const page = await read('/newsletter')
  const names = [...page.matchAll(/<input [^>]*name="([a-z]+)"/g)].map(([, name]) => name)
  expect(names).toEqual(['email', 'website'])
  expect(page).toContain('action="/api/submissions/newsletter"')
  expect(page).toMatch(/<script[^>]* src="\/_next\//)
})

test('they are validated, and a form without script is shown again with its values', async () => {
  const answer = await stack.post('demo', { ...person(), clinicians: 'many' })
  expect(answer.status).toBe(422)
  expect((await answer.json()).errors).toEqual({ clinicians: ['Shorten this to 3 characters or fewer.'] })
  const missing = await stack.post('newsletter', {})
  expect((await missing.json()).errors).toEqual({ email: ['Enter your email address.'] })
  const unknown = await stack.post('newsletter', person())
  expect(Object.keys((await unknown.json()).errors)).toEqual(['name', 'company'])
  const plain = await postPlainly('demo', { ...person(), clinicians: 'many' })
  expect(plain.headers.get('location')).toBe('/review')
  const review = await read('/review', cookieOf(plain))
  expect(review).toMatch(/<input [^>]*name="clinicians"[^>]*value="many"/)
  expect(review).toContain('href="#demo-clinicians"')
})

test('the API describes them', async () => {
  const { paths } = JSON.parse(await read('/api/openapi.json'))
  const bodyOf = (form: string) =>
    paths[`/api/submissions/${form}`].post.requestBody.content['application/json'].schema
  for (const form of ['demo', 'trial'])
    expect(bodyOf(form).properties.clinicians).toMatchObject({
      type: 'string',
      title: 'How many clinicians work there?',
    })
  expect(bodyOf('inquiry').properties).not.toHaveProperty('clinicians')
  expect(bodyOf('newsletter').required).toEqual(['email'])
})

test('a field is stored, in both parts of support’s mail, and prefilled in the next form', async () => {
  const fields = { ...person(), clinicians: '12' }
  const answer = await stack.post('demo', fields)
  expect(answer.status).toBe(201)
  const [row] = await stack.query(
    'select fields from submissions s join leads l on l.id = s.lead_id where l.email = $1',
    [fields.email],
  )
  expect(row?.fields).toMatchObject(fields)
  const { mail } = await noticeAbout(fields.email, /^Demo request from Jane Roe, Desert Spine$/)
  expect(mail.text).toMatch(/^Clinicians: +12$/m)
  expect(String(mail.html).replace(/<[^>]+>/g, ' ')).toMatch(/Clinicians\s+12\s/)
  expect(await read('/trial', cookieOf(answer))).toMatch(/<input [^>]*name="clinicians"[^>]*value="12"/)
})

test('a form with only an address is stored, sent to support, and opens the next page', async () => {
  const { email, ...rest } = person()
  const replies = () => stack.query(`select count(*) from mail_grants where kind = 'reply'`)
  const before = await replies()
  const answer = await stack.post('newsletter', { email, utm_source: 'fair' })
  expect([answer.status, (await answer.json()).next]).toEqual([201, '/newsletter/sent'])
  const [lead] = await stack.query('select id, name, company, last_touch from leads where email = $1', [
    email,
  ])
  expect(lead).toMatchObject({ name: null, company: null, last_touch: { utm_source: 'fair' } })
  const { mail } = await noticeAbout(email, /^Newsletter sign-up from/)
  expect(mail.subject).toBe(`Newsletter sign-up from ${email}`)
  expect(mail.replyTo?.value).toEqual([{ name: '', address: email }])
  expect(mail.text).toContain('REPLY TO THEM')
  expect(mail.text).toMatch(new RegExp(`^Email: +${email}$`, 'm'))
  expect(String(mail.html)).toContain('>Newsletter sign-up</h1>')
  // The form declares no acknowledgment, so none is sent or counted.
  expect(await replies()).toEqual(before)
  expect(await stack.query('select kind from mails where lead_id = $1', [lead?.id])).toEqual([
    { kind: 'support-notice' },
  ])
  const trialPage = await read('/trial', cookieOf(answer))
  expect(trialPage).toMatch(new RegExp(`<input [^>]*name="email"[^>]*value="${email}"`))
  expect(await read('/newsletter/sent')).toContain('You are signed up')

  // A name given later is stored on the lead, and kept when the address is sent alone again.
  await stack.post('inquiry', { email, ...rest, message: 'Hello' })
  const second = await noticeAbout(email, /^Re: Newsletter sign-up from/)
  expect(second.mail.text).toContain('Signed up for the newsletter')
  await stack.post('newsletter', { email, utm_source: 'other fair' })
  expect(await stack.query('select name, company from leads where email = $1', [email])).toEqual([
    { name: rest.name, company: rest.company },
  ])
})

test('a plain POST of the new form redirects to its next page', async () => {
  const answer = await postPlainly('newsletter', { email: `${randomUUID()}@example.com` })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/newsletter/sent'])
})

test('privacy page and site map include them', async () => {
  expect(await read('/sitemap.xml')).toContain(`<loc>${stack.url}/newsletter</loc>`)
  expect(await read('/privacy')).toContain(
    'Name, email address, practice name; if you give them, the number of clinicians, phone number, role, and the EHR you use.',
  )
})

test('an unknown form gets a list of the forms', async () => {
  const answer = await stack.post('survey', {})
  expect(answer.status).toBe(404)
  expect((await answer.json()).detail).toBe('The forms are: newsletter, demo, trial, inquiry.')
})
