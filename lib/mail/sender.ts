import { type Envelope, type MailServer, SmtpSession } from '#lib/mail/smtp'

/** Few, so that support's notices, which start first, also arrive first. */
const MAX_CONCURRENT = 5
/** A mail that takes longer no longer counts against MAX_CONCURRENT, so slow mails do not hold up others. */
const SLOW_MS = 2000
/**
 * Slow mails included, which may wait ten minutes for the final reply. Servers commonly accept 20 connections from one
 * client (Exchange), or 50 (Postfix); two are left for probes and the doctor.
 */
const MAX_CONNECTIONS = 18
/** Then a new connection is opened, because servers limit the mails of one connection. */
const MAILS_PER_CONNECTION = 100
/** How long an unused connection is kept; servers wait for five minutes (RFC 5321 §4.5.3.2.7). */
const IDLE_MS = 5000

/** The mail was not tried, because the sender was cleared first. */
export class NotTried extends Error {
  override name = 'NotTried'
}

type QueuedSend = {
  envelope: Envelope
  priority: number
  resolve: (reply: string) => void
  reject: (error: Error) => void
}
type IdleConnection = { session: SmtpSession; sent: number; timer: NodeJS.Timeout }

/**
 * Sends mails to the mail server, highest priority first, over a few connections that are reused. Each mail has its own
 * outcome; a broken connection fails only the mail that was being sent on it.
 */
export class Sender {
  readonly #server: MailServer
  readonly #waiting: QueuedSend[] = []
  readonly #idle: IdleConnection[] = []
  #active = 0
  #slow = 0

  constructor(server: MailServer) {
    this.#server = server
  }

  /** How many mails wait for a connection. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Sends a mail when a connection is free, higher priorities first.
   * @returns the server's reply to the final dot
   * @throws {AttemptFailed | NotTried}
   */
  send(envelope: Envelope, priority: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const at = this.#waiting.findIndex((other) => other.priority < priority)
      this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { envelope, priority, resolve, reject })
      this.#fill()
    })
  }

  /** Rejects mails that wait for a connection with `NotTried`; mails being sent go on. */
  clear(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new NotTried())
  }

  /** Closes the connections that are not in use. */
  close(): void {
    for (const { session, timer } of this.#idle.splice(0)) {
      clearTimeout(timer)
      session.close()
    }
  }

  #fill(): void {
    while (this.#active < Math.min(MAX_CONCURRENT + this.#slow, MAX_CONNECTIONS)) {
      const next = this.#waiting.shift()
      if (!next) return
      void this.#run(next)
    }
  }

  async #run({ envelope, resolve, reject }: QueuedSend): Promise<void> {
    this.#active++
    let isSlow = false
    const timer = setTimeout(() => {
      isSlow = true
      this.#slow++
      this.#fill()
    }, SLOW_MS)
    try {
      resolve(await this.#sendOne(envelope))
    } catch (error) {
      reject(error as Error)
    } finally {
      clearTimeout(timer)
      if (isSlow) this.#slow--
      this.#active--
      // First lets the caller handle the outcome: it may clear the sender before the next mail starts.
      setImmediate(() => this.#fill())
    }
  }

  async #sendOne(envelope: Envelope): Promise<string> {
    const kept = this.#takeIdle()
    const session = kept?.session ?? (await SmtpSession.open(this.#server))
    try {
      return await session.send(envelope)
    } finally {
      this.#keep(session, (kept?.sent ?? 0) + 1)
    }
  }

  /** The connection used last, so that surplus ones stay idle and are closed. */
  #takeIdle(): IdleConnection | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer)
      if (idle.session.isUsable) return idle
    }
    return undefined
  }

  #keep(session: SmtpSession, sent: number): void {
    if (sent >= MAILS_PER_CONNECTION) session.close()
    if (!session.isUsable) return
    const close = () => {
      this.#idle.splice(this.#idle.indexOf(idle), 1)
      session.close()
    }
    const idle = { session, sent, timer: setTimeout(close, IDLE_MS).unref() }
    this.#idle.push(idle)
  }
}
