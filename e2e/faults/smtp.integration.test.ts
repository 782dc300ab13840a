import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { AttemptFailed, type MailServer, SmtpSession } from '#lib/mail/smtp'
import { classifyFailure } from '#lib/mail/smtp-failure'
import { freePort } from '../stack/free-port.ts'
import { MailSink } from '../stack/mail-sink.ts'
import { ScriptedServer, type Verb } from './scripted-server.ts'

/** Long enough to reach the verb that hangs on a busy machine, in ms. */
const TIMEOUT = 1500
const LETTER = {
  from: 'support@trackstat.org',
  to: 'jane@example.com',
  raw: Buffer.from('Subject: x\r\n\r\ny'),
}

const serverAt = (address: string): MailServer => ({
  smtpUrl: address,
  hello: 'localhost',
  timeout: TIMEOUT,
})

/** The result of an attempt: `sent` or the kind of failure. */
async function attempt(server: MailServer): Promise<string> {
  try {
    const session = await SmtpSession.open(server)
    try {
      await session.send(LETTER)
    } finally {
      session.close()
    }
    return 'sent'
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    const failure = classifyFailure(error.cause as Error, error.stage)
    return failure.kind === 'server' ? failure.state : failure.kind
  }
}

const CLOSED = {
  hang: 'temporary',
  fin: 'temporary',
  rst: 'temporary',
  trickle: 'temporary',
  '421 going down': 'temporary',
}
const UNREACHABLE = Object.fromEntries(Object.keys(CLOSED).map((act) => [act, 'unreachable']))
const EXPECTED: Record<Verb, Record<string, string>> = {
  connect: { ...UNREACHABLE, '554 no service for you': 'refused' },
  EHLO: { ...UNREACHABLE, '550 not you': 'refused' },
  AUTH: { ...UNREACHABLE, '454 busy': 'unreachable', '535 wrong password': 'refused' },
  MAIL: {
    ...CLOSED,
    '451 later': 'temporary',
    '530 sign in first': 'refused',
    '550 not this sender': 'refused',
  },
  RCPT: {
    ...CLOSED,
    '450 greylisted': 'temporary',
    '452 full': 'temporary',
    '550 no such user': 'permanent',
  },
  DATA: { ...CLOSED, '451 later': 'temporary', '554 no': 'permanent' },
  dot: { ...CLOSED, '451 later': 'temporary', '552 too large': 'permanent', '554 spam': 'permanent' },
  QUIT: { hang: 'sent', fin: 'sent', rst: 'sent', trickle: 'sent', '421 going down': 'sent' },
}

const everyAct = Object.entries(EXPECTED).flatMap(([verb, acts]) =>
  Object.entries(acts).map(([act, sort]) => [verb as Verb, act, sort] as const),
)

// Concurrent, because most of them wait for the timeout.
test.concurrent.each(everyAct)(
  'a mail server that does this at %s, %s: %s, within the timeout',
  async (verb, act, sort) => {
    const server = await new ScriptedServer().start()
    server.script = (at) => (at === verb ? act : undefined)
    const began = Date.now()
    expect(await attempt(serverAt(`smtp://user:secret@127.0.0.1:${server.port}`))).toBe(sort)
    expect(Date.now() - began, 'it ends with its timeout').toBeLessThan(TIMEOUT + 10_000)
    await server.stop()
  },
)

test('no server on the port, and an unknown host name: unreachable', async () => {
  expect(await attempt(serverAt(`smtp://127.0.0.1:${await freePort()}`))).toBe('unreachable')
  expect(await attempt(serverAt('smtp://mail.invalid:25'))).toBe('unreachable')
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
    expect(await attempt(serverAt(`smtps://127.0.0.1:${port}`))).toBe('refused')
    // The same machine under a non-loopback address, so TLS is required.
    expect(await attempt(serverAt(`smtp://user:secret@[::ffff:127.0.0.1]:${sink.port}`))).toBe('refused')
    expect(sink.arrived).toEqual([])
    expect(await attempt(serverAt(sink.url))).toBe('sent')
  } finally {
    await new Promise<void>((done) => secure.close(() => done()))
    await sink.stop()
  }
})
