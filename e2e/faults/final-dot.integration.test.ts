import { Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SmtpSession } from '#lib/mail/smtp'
import { ScriptedServer, type Verb } from './scripted-server.ts'

const TEN_MINUTES = 600_000

let server: ScriptedServer
beforeEach(async () => {
  // The waits of the client pass at once; sockets are real.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server = await new ScriptedServer().start()
})
afterEach(async () => {
  await server.stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Sends one mail to a server that hangs at some verbs. `outcome` is filled in at the end. */
function send(...verbs: Verb[]) {
  server.script = (verb) => (verbs.includes(verb) ? 'hang' : undefined)
  const attempt: { outcome?: string } = {}
  const work = async () => {
    const smtpUrl = `smtp://user:secret@127.0.0.1:${server.port}`
    const session = await SmtpSession.open({ smtpUrl, hello: 'localhost' })
    const raw = Buffer.from('Subject: x\r\n\r\ny')
    return session.send({ from: 'support@trackstat.org', to: 'jane@example.com', raw })
  }
  void work().then(
    (reply) => Object.assign(attempt, { outcome: reply }),
    (error: Error) => Object.assign(attempt, { outcome: error.message }),
  )
  return attempt
}
const until = (read: () => string | undefined) => expect.poll(read, { timeout: 20_000 })
const met = (verb: Verb) => until(() => server.met.at(-1)).toMatch(verb)

test('the reply to the final dot may take ten minutes (RFC 5321 §4.5.3.2.6)', async () => {
  const setTimeout = vi.spyOn(Socket.prototype, 'setTimeout')
  const attempt = send('dot')
  await met('dot')
  await vi.advanceTimersByTimeAsync(TEN_MINUTES - 1000)
  expect(attempt).toEqual({})
  server.reply('250 taken')
  await until(() => attempt.outcome).toBe('250 taken')
  expect(server.dots).toHaveLength(1)
  // The socket's limit of idle time is not among the faked timers.
  expect(setTimeout.mock.lastCall?.[0]).toBeGreaterThanOrEqual(TEN_MINUTES)
})

test('after ten minutes it is given up', async () => {
  const attempt = send('dot')
  await met('dot')
  await vi.advanceTimersByTimeAsync(TEN_MINUTES)
  await until(() => attempt.outcome).toContain('600 s')
})

test('connecting, signing in and everything before the final dot: 60 s in all', async () => {
  const attempt = send('AUTH', 'MAIL')
  await met('AUTH')
  await vi.advanceTimersByTimeAsync(40_000)
  expect(attempt).toEqual({})
  server.reply('235 welcome')
  await met('MAIL')
  await vi.advanceTimersByTimeAsync(20_000)
  await until(() => attempt.outcome).toContain('60 s')
})
