import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { sortFailure } from '#lib/mail/failure'
import { AttemptFailed, type Route, SmtpSession } from '#lib/mail/smtp'
import { freePort } from '../stack/free-port.ts'
import { MailSink } from '../stack/mail-sink.ts'
import { ScriptedServer, type Verb } from './scripted-server.ts'

/** Long enough to reach the verb that hangs on a busy machine, in ms. */
const DEADLINE = 1500
const LETTER = {
  from: 'support@trackstat.org',
  to: 'jane@example.com',
  raw: Buffer.from('Subject: x\r\n\r\ny'),
}

const routeTo = (address: string): Route => ({ smtpUrl: address, hello: 'localhost', deadline: DEADLINE })

/** The result of an attempt: `sent` or the kind of failure. */
async function attempt(route: Route): Promise<string> {
  try {
    const session = await SmtpSession.open(route)
    try {
      await session.send(LETTER)
    } finally {
      session.close()
    }
    return 'sent'
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    const failure = sortFailure(error.cause as Error, error.stage)
    return failure.sort === 'route' ? failure.state : failure.sort
  }
}

const CLOSED = { hang: 'later', fin: 'later', rst: 'later', trickle: 'later', '421 going down': 'later' }
const UNREACHABLE = Object.fromEntries(Object.keys(CLOSED).map((act) => [act, 'unreachable']))
const EXPECTED: Record<Verb, Record<string, string>> = {
  connect: { ...UNREACHABLE, '554 no service for you': 'refused' },
  EHLO: { ...UNREACHABLE, '550 not you': 'refused' },
  AUTH: { ...UNREACHABLE, '454 busy': 'unreachable', '535 wrong password': 'refused' },
  MAIL: { ...CLOSED, '451 later': 'later', '530 sign in first': 'refused', '550 not this sender': 'refused' },
  RCPT: { ...CLOSED, '450 greylisted': 'later', '452 full': 'later', '550 no such user': 'never' },
  DATA: { ...CLOSED, '451 later': 'later', '554 no': 'never' },
  dot: { ...CLOSED, '451 later': 'later', '552 too large': 'never', '554 spam': 'never' },
  QUIT: { hang: 'sent', fin: 'sent', rst: 'sent', trickle: 'sent', '421 going down': 'sent' },
}

const everyAct = Object.entries(EXPECTED).flatMap(([verb, acts]) =>
  Object.entries(acts).map(([act, sort]) => [verb as Verb, act, sort] as const),
)

// Concurrent, because most of them wait for the deadline.
test.concurrent.each(everyAct)(
  'a mail server that does this at %s, %s: %s, within the deadline',
  async (verb, act, sort) => {
    const server = await new ScriptedServer().start()
    server.script = (at) => (at === verb ? act : undefined)
    const began = Date.now()
    expect(await attempt(routeTo(`smtp://user:secret@127.0.0.1:${server.port}`))).toBe(sort)
    expect(Date.now() - began, 'it ends with its deadline').toBeLessThan(DEADLINE + 10_000)
    await server.stop()
  },
)

test('no server on the port, and an unknown host name: unreachable', async () => {
  expect(await attempt(routeTo(`smtp://127.0.0.1:${await freePort()}`))).toBe('unreachable')
  expect(await attempt(routeTo('smtp://mail.invalid:25'))).toBe('unreachable')
})

test('an untrusted certificate, and a server without STARTTLS: nothing is sent', async () => {
  const sink = new MailSink()
  await sink.start()
  // smtp-server has a self-signed certificate.
  const secure = new SMTPServer({ secure: true, authOptional: true })
  secure.on('error', () => {}) // the client closes the connection, as it should
  try {
    const listening = secure.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    const { port } = listening.address() as AddressInfo
    expect(await attempt(routeTo(`smtps://127.0.0.1:${port}`))).toBe('refused')
    // The same machine under a non-loopback address, so TLS is required.
    expect(await attempt(routeTo(`smtp://user:secret@[::ffff:127.0.0.1]:${sink.port}`))).toBe('refused')
    expect(sink.arrived).toEqual([])
    expect(await attempt(routeTo(sink.url))).toBe('sent')
  } finally {
    await new Promise<void>((done) => secure.close(() => done()))
    await sink.stop()
  }
})
