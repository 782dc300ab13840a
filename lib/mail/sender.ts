import { type Envelope, type MailServer, SmtpSession } from '#lib/mail/smtp'

/** So few that support's notices, which start first, are also the first to arrive. */
const MAX_CONCURRENT = 5
/** A mail that takes longer no longer counts among the five: a slow server holds up only its own mails. */
const SLOW_MS = 2000
/** With those that are slow. Servers commonly take 20 connections from one client (Exchange), or 50 (Postfix). */
const MAX_CONNECTIONS = 12
/** Then a new connection, as servers limit the mails of one. */
const MAILS_PER_CONNECTION = 100
/** Shorter than any server waits for the next mail (RFC 5321 §4.5.3.2.7: five minutes). */
const IDLE_MS = 5000

/** The mail was not tried: the sender was cleared before its turn. */
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
 * Hands mails to the mail server, the highest priority first, over a few connections that are kept for the next mail.
 * Each mail has its own outcome; a connection that breaks fails only the mail that was on it.
 */
export class Sender {
  readonly #route: MailServer
  readonly #waiting: QueuedSend[] = []
  readonly #idle: IdleConnection[] = []
  #active = 0
  #slow = 0

  constructor(route: MailServer) {
    this.#route = route
  }

  /** How many mails wait for a connection. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Answers the server's reply to the final dot.
   * @throws {AttemptFailed | NotTried}
   */
  send(envelope: Envelope, priority: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const at = this.#waiting.findIndex((other) => other.priority < priority)
      this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { envelope, priority, resolve, reject })
      this.#fill()
    })
  }

  /** Rejects what waits for a connection with `NotTried`; what is under way goes on. */
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
      // Whoever waits for the outcome may clear the sender before the next mail starts.
      setImmediate(() => this.#fill())
    }
  }

  async #sendOne(envelope: Envelope): Promise<string> {
    const kept = this.#takeIdle()
    const session = kept?.session ?? (await SmtpSession.open(this.#route))
    try {
      return await session.send(envelope)
    } finally {
      this.#keep(session, (kept?.sent ?? 0) + 1)
    }
  }

  /** The connection that was used last: the others become idle for longer, and are closed. */
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
