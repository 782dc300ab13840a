import { randomUUID } from 'node:crypto'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { templates } from '#emails/index'
import { parseConfig } from '#lib/config'
import { compose } from '#lib/mail/compose'
import type { Arrived } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

/** An encoded word (RFC 2047) that some clients decode anywhere, here to a line break and a Bcc header. */
const BCC = '=?utf-8?q?x=0d=0aBcc:_evil=40evil.example?='
const stack = new Stack()

beforeAll(async () => void (await stack.start()))
afterAll(() => stack.stop())

const headOf = (raw: Buffer) => raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('latin1')

/** The notice's names and subject, as mailparser reads them. */
function readNames({ mail }: Arrived): string[] {
  const to = [mail.to ?? []].flat()
  const addresses = [mail.from, mail.replyTo, ...to].flatMap((each) => each?.value ?? [])
  return [...addresses.map(({ name }) => name), mail.subject ?? '']
}

/** The text as a client shows it that decodes twice. */
const decodeAgain = async (text: string) => (await simpleParser(`Subject: ${text}\r\n\r\n`)).subject ?? ''

test.each([
  ['plainly', BCC],
  ['in base64', '=?utf-8?b?eA0KQmNjOiBldmlsQGV2aWwuZXhhbXBsZQ==?='],
  ['in quotes', `"${BCC}" <`],
  ['within a word', `a${BCC}b`],
  ['twice', `${BCC} ${BCC}`],
  ['in another language, so that the whole is encoded', `Zoë ${BCC}`],
  ['cut by a character that is dropped', BCC.replaceAll('=?', '=\u200b?')],
  ['with its start repeated', `=${BCC.replaceAll('=?', '==??')}`],
])('an encoded word in a name, %s, is never decoded in a header', async (_, name) => {
  const email = `${randomUUID()}@example.com`
  for (const form of ['demo', 'inquiry']) {
    const answer = await stack.post(form, { name, email, company: name.slice(0, 120), message: 'Hello' })
    expect(answer.status).toBe(201)
    const { reference } = await answer.json()
    const notice = await stack.sink.waitFor(
      ({ mail }) => !!mail.text?.includes(reference) && !!mail.replyTo?.text.includes(email),
    )
    expect(notice.mail.replyTo?.value).toHaveLength(1)
    const head = headOf(notice.raw)
    expect(head).not.toMatch(/^bcc:/im)
    // nodemailer does not encode an ASCII name.
    const [replyTo = ''] = /^reply-to:.*(?:\r\n[ \t].*)*/im.exec(head) ?? []
    expect(replyTo).toContain(email)
    if (/^\p{ASCII}*$/u.test(name)) expect(replyTo.replaceAll(/\r\n[ \t]/g, '')).not.toContain('=?')
    for (const shown of readNames(notice)) {
      expect(shown).not.toMatch(/=\?|[\r\n]/)
      expect(await decodeAgain(shown)).toBe(shown.trim())
    }
  }
})

test('an encoded word in a setting is removed', async () => {
  const config = parseConfig({ MAIL_FROM: `${BCC} <support@trackstat.org>` })
  const raw = await compose(
    {
      kind: 'alarm',
      props: templates.alarm.example,
      recipient: 'support@trackstat.org',
      messageId: '<1@trackstat.org>',
      date: new Date(0),
    },
    config,
  )
  expect(headOf(raw)).not.toContain('=?')
})
