import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback } from '#lib/config'
import type { Stage } from '#lib/mail/failure'

/** One deadline for a whole delivery, in ms: shorter than the job's lease, longer than any honest server needs. */
export const DELIVERY_DEADLINE = 60_000

/** An attempt that failed, and how far it had come: which stage decides whose fault it is. */
export class AttemptFailed extends Error {
  override name = 'AttemptFailed'
  readonly stage: Stage
  constructor(stage: Stage, cause: Error) {
    super(cause.message, { cause })
    this.stage = stage
  }
}

/**
 * Where mail is handed over: the server's address, and the name that we introduce ourselves with.
 * `deadline` in ms, in place of DELIVERY_DEADLINE.
 */
export type Route = { smtpUrl: string; hello: string; deadline?: number }
export type Envelope = { from: string; to: string; raw: Uint8Array }

/**
 * One SMTP conversation for one mail. Answers the server's reply to the final dot. No pool and no
 * retries inside: whoever retries in silence can't say how often a mail was sent.
 * @throws {AttemptFailed}
 */
export async function sendLetter(route: Route, { from, to, raw }: Envelope): Promise<string> {
  return converse(route, async (connection) => {
    const info = await step<{ response: string }>((done) =>
      connection.send({ from, to: [to] }, Buffer.from(raw), done),
    )
    return info?.response ?? ''
  })
}

/** Connects and signs in, and sends nothing. @throws {AttemptFailed} */
export async function probeRoute(route: Route): Promise<void> {
  await converse(route, async () => undefined)
}

/** Connects, signs in, and talks; an error event or the deadline ends whichever step is waiting. */
function converse<T>(route: Route, talk: (connection: SMTPConnection) => Promise<T>): Promise<T> {
  const url = new URL(route.smtpUrl)
  const connection = new SMTPConnection(connectionOptions(url, route.hello))
  const deadline = route.deadline ?? DELIVERY_DEADLINE
  let stage: Stage = 'connect'
  return new Promise<T>((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(new AttemptFailed(stage, error))
      connection.close()
    }
    const timer = setTimeout(
      () => fail(new Error(`the mail server took longer than ${deadline / 1000} s`)),
      deadline,
    )
    connection.on('error', fail)
    connection.once('end', () => fail(new Error('the mail server closed the connection')))
    const conversation = async () => {
      await step((done) => connection.connect(done))
      stage = 'login'
      if (url.username) await step((done) => connection.login(credentials(url), done))
      stage = 'mail'
      resolve(await talk(connection))
      clearTimeout(timer)
      connection.quit()
    }
    conversation().catch(fail)
  })
}

/** A step of the conversation as a promise. */
function step<T>(start: (done: (error?: Error | null, value?: T) => void) => void): Promise<T | undefined> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))))
}

function connectionOptions(url: URL, hello: string) {
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // Never in the clear over a network, also when somebody strips STARTTLS from the greeting.
    requireTLS: !secure && !isLoopback(`http://${url.host}`),
    name: hello,
    connectionTimeout: 10_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
  }
}

function credentials(url: URL) {
  return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
}
