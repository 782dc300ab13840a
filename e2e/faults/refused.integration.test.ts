import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { MailSink, reply } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

test('5xx at sign-in: the queue pauses, nothing fails, an alarm is queued, and everything is sent later', async () => {
  const sink = new MailSink()
  await sink.start()
  let refusing = true
  sink.behavior.auth = () => (refusing ? reply(535, 'Authentication failed') : undefined)
  const stack = await new Stack().start({ SMTP_URL: `smtp://user:secret@127.0.0.1:${sink.port}` })
  try {
    const email = `${randomUUID()}@example.com`
    await stack.post('demo', { name: 'Jane Roe', email, company: 'Desert Spine' })
    const kinds = () => stack.query(`select kind, state from mails order by kind`)
    await expect.poll(kinds).toEqual([
      { kind: 'alarm', state: 'queued' },
      { kind: 'demo-thanks', state: 'queued' },
      { kind: 'support-notice', state: 'queued' },
    ])
    expect(stack.log.join('')).not.toContain('secret')
    refusing = false
    await expect.poll(() => sink.arrived.length).toBe(3)
  } finally {
    await stack.stop()
    await sink.stop()
  }
})
