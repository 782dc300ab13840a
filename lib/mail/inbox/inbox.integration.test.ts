import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Inbox, openInbox } from '#lib/mail/inbox/inbox'

const folder = mkdtempSync(join(tmpdir(), 'trackstat-inbox-'))
let inbox: Inbox
let id: string

beforeAll(async () => {
  inbox = await openInbox(folder)
  await createTransport(inbox.smtpUrl).sendMail({
    from: 'Jane <jane@example.com>',
    to: 'support@example.com',
    subject: '<b>Peña & co</b>',
    text: 'The text part',
    html: '<p>The HTML part</p><script>alert(1)</script><img src="https://evil.example/pixel.gif">',
  })
  const [mail] = await (await fetch(`${inbox.webUrl}/api/email`)).json()
  id = mail.id
})
afterAll(async () => {
  await inbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const read = async (path: string) => {
  const answer = await fetch(inbox.webUrl + path)
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

test('a mail is kept as it came, and listed with its headers as text', async () => {
  const [file = ''] = readdirSync(folder)
  expect((await read(`/mail/${id}/raw`)).body).toBe(readFileSync(join(folder, file), 'utf8'))
  const { body } = await read('/')
  expect(body).toContain('&#60;b&#62;Peña &#38; co&#60;/b&#62;')
  expect(body).not.toContain('<b>Peña')
})

test('its HTML is shown in a frame, where it runs no script and loads nothing', async () => {
  expect((await read(`/mail/${id}`)).body).toContain(`<iframe title="The mail" src="/mail/${id}/html">`)
  const { body, headers } = await read(`/mail/${id}/html`)
  expect(body).toContain('<p>The HTML part</p>')
  const policy = headers.get('content-security-policy')
  expect(policy).toMatch(/default-src 'none'.*img-src data:.*sandbox allow-popups/)
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|https:/)
})

test('its text is plain text', async () => {
  const { body, headers } = await read(`/mail/${id}/text`)
  expect(body).toContain('The text part')
  expect(headers.get('content-type')).toMatch(/^text\/plain/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test.each(['/mail/../../secret', `/mail/${'0'.repeat(50)}`, '/x', '//'])('%s is not found', async (path) => {
  expect((await read(path)).status).toBe(404)
})

test.each([
  ['a script of another website', { origin: 'https://evil.example' }],
  [
    'a frame of another website',
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' },
  ],
  ['another name for this machine', { host: 'evil.example' }],
])('%s is refused', async (_, headers) => {
  const status = await new Promise((done) =>
    get(inbox.webUrl, { headers }, (answer) => done(answer.resume().statusCode)),
  )
  expect(status).toBe(403)
})
