import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback } from '#lib/config'
import type { Stage } from '#lib/mail/smtp-failure'
import { readCredentials } from '#lib/smtp-url'

/** The longest time for connecting, for signing in, and for each mail. Longer than any working server needs. */
const STEP_TIMEOUT_MS = 60_000

const QUIT_TIMEOUT_MS = 5000

/** A failed attempt and its stage, which tells whether the server or the mail is at fault. */
export class AttemptFailed extends Error {
  override name = 'AttemptFailed'
  readonly stage: Stage
  constructor(stage: Stage, cause: Error) {
    super(cause.message, { cause })
    this.stage = stage
  }
}

/**
 * The mail server's URL, and our host name for EHLO. `deadline` in ms replaces STEP_TIMEOUT_MS.
 */
export type MailServer = { smtpUrl: string; hello: string; deadline?: number }
export type Envelope = { from: string; to: string; raw: Uint8Array }

/**
 * A signed-in connection to the mail server, for one mail after the other. It never retries, so that the caller knows how
 * often a mail was sent. `isUsable` tells whether it can still be used after a failure.
 */
export class SmtpSession {
  readonly #connection: SMTPConnection
  readonly #deadline: number
  #fail: (error: Error) => void = () => {}
  #closed = false

  private constructor(route: MailServer) {
    const url = new URL(route.smtpUrl)
    this.#deadline = route.deadline ?? STEP_TIMEOUT_MS
    this.#connection = new SMTPConnection(connectionOptions(url, route.hello))
    this.#connection.on('error', (error: Error) => this.#end(error))
    this.#connection.once('end', () => this.#end(new Error('the mail server closed the connection')))
  }

  /** @throws {AttemptFailed} */
  static async open(route: MailServer): Promise<SmtpSession> {
    const credentials = readCredentials(route.smtpUrl)
    const session = new SmtpSession(route)
    await session.#step('connect', (done) => session.#connection.connect(done))
    if (credentials.user) await session.#step('login', (done) => session.#connection.login(credentials, done))
    return session
  }

  get isUsable(): boolean {
    return !this.#closed
  }

  /** Sends one mail. @returns the server's reply to the final dot @throws {AttemptFailed} */
  async send({ from, to, raw }: Envelope): Promise<string> {
    try {
      const info = await this.#step<{ response: string }>('mail', (done) =>
        this.#connection.send({ from, to: [to] }, Buffer.from(raw), done),
      )
      return info?.response ?? ''
    } catch (error) {
      // Without RSET the next MAIL FROM would come inside the open mail transaction (RFC 5321 §4.1.4).
      await this.#step('mail', (done) => this.#connection.reset(done)).catch(() => this.close())
      throw error
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#connection.quit()
    // A server may never answer QUIT.
    setTimeout(() => this.#connection.close(), QUIT_TIMEOUT_MS).unref()
  }

  /** Settles with the callback, an error of the connection, or the deadline, whichever is first. */
  async #step<T>(stage: Stage, start: (done: Done<T>) => void): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<T | undefined>((resolve, reject) => {
        if (this.#closed) throw new Error('the connection is closed')
        this.#fail = reject
        const onTimeout = () =>
          this.#end(new Error(`the mail server took longer than ${this.#deadline / 1000} s`))
        timer = setTimeout(onTimeout, this.#deadline)
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
    // TLS is required except on loopback, so that stripping STARTTLS from the greeting has no effect.
    requireTLS: !secure && !isLoopback(`http://${url.host}`),
    name: hello,
    connectionTimeout: 10_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
  }
}
