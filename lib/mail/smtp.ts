import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback } from '#lib/config'
import type { Stage } from '#lib/mail/smtp-failure'

/** For connecting and signing in, and again for each mail, in ms: longer than any honest server needs. */
export const DELIVERY_DEADLINE = 60_000

const QUIT_TIMEOUT_MS = 5000

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
export type MailServer = { smtpUrl: string; hello: string; deadline?: number }
export type Envelope = { from: string; to: string; raw: Uint8Array }

/**
 * A connection to the mail server, signed in, for one mail after the other. It repeats nothing by itself: whoever
 * retries in silence can't say how often a mail was sent. After a failure, `isUsable` says whether it can be used on.
 */
export class SmtpSession {
  readonly #connection: SMTPConnection
  readonly #deadline: number
  #fail: (error: Error) => void = () => {}
  #closed = false

  private constructor(route: MailServer) {
    const url = new URL(route.smtpUrl)
    this.#deadline = route.deadline ?? DELIVERY_DEADLINE
    this.#connection = new SMTPConnection(connectionOptions(url, route.hello))
    this.#connection.on('error', (error: Error) => this.#end(error))
    this.#connection.once('end', () => this.#end(new Error('the mail server closed the connection')))
  }

  /** @throws {AttemptFailed} */
  static async open(route: MailServer): Promise<SmtpSession> {
    const session = new SmtpSession(route)
    const { username, password } = new URL(route.smtpUrl)
    await session.#step('connect', (done) => session.#connection.connect(done))
    const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    if (username) await session.#step('login', (done) => session.#connection.login(credentials, done))
    return session
  }

  get isUsable(): boolean {
    return !this.#closed
  }

  /** Answers the server's reply to the final dot. @throws {AttemptFailed} */
  async send({ from, to, raw }: Envelope): Promise<string> {
    try {
      const info = await this.#step<{ response: string }>('mail', (done) =>
        this.#connection.send({ from, to: [to] }, Buffer.from(raw), done),
      )
      return info?.response ?? ''
    } catch (error) {
      // Or the next mail would be a second one within a transaction that was not ended (RFC 5321 §4.1.4).
      await this.#step('mail', (done) => this.#connection.reset(done)).catch(() => this.close())
      throw error
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#connection.quit()
    // A server that does not answer QUIT is not waited for.
    setTimeout(() => this.#connection.close(), QUIT_TIMEOUT_MS).unref()
  }

  /** Settles with the callback, with an error of the connection, or with the deadline. */
  async #step<T>(stage: Stage, start: (done: Done<T>) => void): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<T | undefined>((resolve, reject) => {
        if (this.#closed) throw new Error('the connection is closed')
        this.#fail = reject
        const late = () => this.#end(new Error(`the mail server took longer than ${this.#deadline / 1000} s`))
        timer = setTimeout(late, this.#deadline)
        start((error, value) => (error ? reject(error) : resolve(value)))
      })
    } catch (error) {
      if (stage !== 'mail') this.#end(error as Error)
      throw new AttemptFailed(stage, error as Error)
    } finally {
      clearTimeout(timer)
    }
  }

  #end(error: Error): void {
    this.#closed = true
    this.#fail(error)
    this.#connection.close()
  }
}

type Done<T> = (error?: Error | null, value?: T) => void

/** Connects and signs in, and sends nothing. @throws {AttemptFailed} */
export async function probeMailServer(route: MailServer): Promise<void> {
  const session = await SmtpSession.open(route)
  session.close()
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
