import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback } from '#lib/config'
import type { Stage } from '#lib/mail/smtp-failure'
import { maskEmail } from '#lib/mask'
import { toStorable } from '#lib/postgres-text'
import { readCredentials } from '#lib/smtp-url'

/** The longest time for a delivery up to its final dot, connecting and signing in included. */
const TIMEOUT_MS = 60_000
/**
 * The longest time for the reply to the final dot (RFC 5321 §4.5.3.2.6). A server that is given up earlier may have
 * accepted the mail, and would get it again.
 */
const FINAL_REPLY_TIMEOUT_MS = 600_000
/** The longest time for the replies to RSET and QUIT, on which no mail depends. */
const CLEANUP_TIMEOUT_MS = 5000

/** A failed attempt and its stage, which tells whether the server or the mail is at fault. */
export class AttemptFailed extends Error {
  override name = 'AttemptFailed'
  readonly stage: Stage
  constructor(stage: Stage, cause: Error) {
    super(cause.message, { cause })
    this.stage = stage
  }

  /** The message for log, database and alarm. It may contain the server's words, so addresses are masked. */
  get reason(): string {
    return maskEmail(toStorable(this.message))
  }
}

/** The mail server's URL, and our host name for EHLO. `timeout` in ms replaces both timeouts above. */
export type MailServer = { smtpUrl: string; hello: string; timeout?: number }
export type Envelope = { from: string; to: string; raw: Uint8Array }

/**
 * A signed-in connection to the mail server, for one mail after the other. It never retries, so that the caller knows how
 * often a mail was sent. `isUsable` tells whether it can still be used after a failure.
 */
export class SmtpSession {
  readonly #connection: SMTPConnection
  readonly #timeout: number | undefined
  #timer: NodeJS.Timeout | undefined
  #fail: (error: Error) => void = () => {}
  #closed = false

  private constructor(server: MailServer) {
    const url = new URL(server.smtpUrl)
    this.#timeout = server.timeout
    this.#connection = new SMTPConnection(connectionOptions(url, server.hello))
    this.#connection.on('error', (error: Error) => this.#end(error))
    this.#connection.once('end', () => this.#end(new Error('the mail server closed the connection')))
  }

  /** The timeout goes on until the end of the first mail. @throws {AttemptFailed} */
  static async open(server: MailServer): Promise<SmtpSession> {
    const credentials = readCredentials(server.smtpUrl)
    const session = new SmtpSession(server)
    session.#startTimer(TIMEOUT_MS)
    await session.#step('connect', (done) => session.#connection.connect(done))
    if (credentials.user) await session.#step('login', (done) => session.#connection.login(credentials, done))
    return session
  }

  get isUsable(): boolean {
    return !this.#closed
  }

  /** Sends one mail. @returns the server's reply to the final dot @throws {AttemptFailed} */
  async send({ from, to, raw }: Envelope): Promise<string> {
    if (!this.#timer) this.#startTimer(TIMEOUT_MS)
    // A stream, because only its end shows when the final dot is sent.
    const body = Readable.from(Buffer.from(raw))
    const awaitFinalReply = () => this.#startTimer(FINAL_REPLY_TIMEOUT_MS)
    body.once('end', awaitFinalReply)
    try {
      const info = await this.#step<{ response: string }>('mail', (done) =>
        this.#connection.send({ from, to: [to] }, body, done),
      )
      return info?.response ?? ''
    } catch (error) {
      body.off('end', awaitFinalReply)
      this.#startTimer(CLEANUP_TIMEOUT_MS)
      // Without RSET the next MAIL FROM would come inside the open mail transaction (RFC 5321 §4.1.4).
      await this.#step('mail', (done) => this.#connection.reset(done)).catch(() => this.close())
      throw error
    } finally {
      this.#stopTimer()
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stopTimer()
    this.#connection.quit()
    // A server may never answer QUIT.
    setTimeout(() => this.#connection.close(), CLEANUP_TIMEOUT_MS).unref()
  }

  /** Settles with the callback, an error of the connection, or the timeout, whichever is first. */
  async #step<T>(stage: Stage, start: (done: Done<T>) => void): Promise<T | undefined> {
    try {
      return await new Promise<T | undefined>((resolve, reject) => {
        if (this.#closed) throw new Error('the connection is closed')
        this.#fail = reject
        start((error, value) => (error ? reject(error) : resolve(value)))
      })
    } catch (error) {
      if (stage !== 'mail') this.#end(error as Error)
      throw new AttemptFailed(stage, error as Error)
    }
  }

  #startTimer(limit: number): void {
    const ms = this.#timeout ?? limit
    this.#stopTimer()
    const onTimeout = () => this.#end(new Error(`the mail server took longer than ${ms / 1000} s`))
    this.#timer = setTimeout(onTimeout, ms)
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #end(error: Error): void {
    this.#closed = true
    this.#stopTimer()
    this.#fail(error)
    this.#connection.close()
  }
}

type Done<T> = (error?: Error | null, value?: T) => void

/** Connects and signs in, and sends nothing. @throws {AttemptFailed} */
export async function probeMailServer(server: MailServer): Promise<void> {
  const session = await SmtpSession.open(server)
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
    // Of idle time. Longer than any wait of `SmtpSession`, so that its own timeout decides.
    socketTimeout: FINAL_REPLY_TIMEOUT_MS + TIMEOUT_MS,
    dnsTimeout: 10_000,
  }
}
