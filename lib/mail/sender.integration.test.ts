import { afterEach, beforeEach, expect, test } from 'vitest'
import { NotTried, Sender } from '#lib/mail/sender'
import { AttemptFailed } from '#lib/mail/smtp'
import { MailSink, reply } from '../../e2e/stack/mail-sink.ts'

/** Connections to a real mail server that are kept for several mails. */
let sink: MailSink
let sender: Sender
let connections = 0
beforeEach(async () => {
  connections = 0
  sink = new MailSink()
  await sink.start()
  sink.behavior.connect = () => {
    connections++
    return undefined
  }
  sender = new Sender({ smtpUrl: sink.url, hello: 'localhost' })
})
afterEach(async () => {
  sender.close()
  await sink.stop()
})

const send = (to: string, priority = 0) =>
  sender.send({ from: 'support@trackstat.org', to, raw: Buffer.from('Subject: x\r\n\r\n.y') }, priority)
const outcomeOf = (work: Promise<string>) => work.then(() => 'sent').catch((error) => error.constructor)

test('a connection is kept for the next mail, and after one that is refused', async () => {
  sink.behavior.rcpt = (address) => (address.startsWith('gone') ? reply(550, 'No such mailbox') : undefined)
  await send('one@example.com')
  expect(await outcomeOf(send('gone@example.com'))).toBe(AttemptFailed)
  await send('two@example.com')
  expect(connections).toBe(1)
  expect(sink.arrived.map(({ to: [address] }) => address)).toEqual(['one@example.com', 'two@example.com'])
})

test('a connection that breaks fails only the mail that was on it', async () => {
  sink.behavior.dot = ([address = '']) => (address.startsWith('broken') ? 'drop' : undefined)
  const addresses = Array.from({ length: 20 }, (_, n) => `${n === 7 ? 'broken' : n}@example.com`)
  const outcomes = await Promise.all(addresses.map((address) => outcomeOf(send(address))))
  expect(outcomes.filter((outcome) => outcome !== 'sent')).toEqual([AttemptFailed])
  expect(outcomes[7]).toBe(AttemptFailed)
  expect(connections).toBeLessThanOrEqual(6)
})

test('slow mails do not hold up others; queued mails are sent by priority, or not tried', async () => {
  const slowness = Promise.withResolvers<undefined>()
  sink.behavior.dot = ([address = '']) => (address.startsWith('slow') ? slowness.promise : undefined)
  const slow = Array.from({ length: 5 }, (_, n) => send(`slow${n}@example.com`))
  const [low, high] = [send('low@example.com'), send('high@example.com', 10)]
  await Promise.all([low, high])
  expect(sink.arrived[0]?.to).toEqual(['high@example.com'])
  const others = Array.from({ length: 13 }, (_, n) => outcomeOf(send(`slow1${n}@example.com`)))
  const waiting = outcomeOf(send('waiting@example.com'))
  sender.clear()
  expect(await waiting).toBe(NotTried)
  slowness.resolve(undefined)
  await Promise.all([...slow, ...others])
  expect(sink.to('waiting@example.com')).toEqual([])
})
