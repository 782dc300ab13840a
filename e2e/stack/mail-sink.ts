import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { freePort } from './free-port.ts'

/** A mail as it arrived: envelope, bytes, and parsed. */
export type Arrived = { at: number; from: string; to: string[]; raw: Buffer; mail: ParsedMail }

/** What the server does at a verb: nothing, an error with an SMTP reply code, or waiting. */
export type Behaviour = {
  connect?: () => Error | undefined
  auth?: () => Error | undefined
  mail?: (address: string) => Error | undefined
  rcpt?: (address: string) => Error | undefined
  /** After the final dot; may wait. `'drop'` closes the connection without an answer, the mail taken. */
  dot?: (to: string[]) => Error | 'drop' | undefined | Promise<Error | 'drop' | undefined>
}

/** An error that goes out as this SMTP reply. */
export function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}

/** A real SMTP server on an ephemeral port that keeps what it is given, and misbehaves on demand. */
export class MailSink {
  readonly arrived: Arrived[] = []
  behaviour: Behaviour = {}
  port = 0
  #server: SMTPServer | undefined

  async start(): Promise<void> {
    // The same port each time: a mail server that comes back has its old address.
    this.port ||= await freePort()
    this.#server = new SMTPServer(this.#options())
    this.#server.on('error', () => {}) // connections that the tests break are no news
    this.#server.listen(this.port, '127.0.0.1')
    await once(this.#server.server, 'listening')
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server) await new Promise<void>((done) => server.close(done))
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  /** All mails to an address, oldest first. */
  to(address: string): Arrived[] {
    return this.arrived.filter(({ to }) => to.includes(address))
  }

  /** Waits for a mail that fits. @throws after `ms` */
  async waitFor(fits: (arrived: Arrived) => boolean, ms = 60_000): Promise<Arrived> {
    for (const giveUp = Date.now() + ms; Date.now() < giveUp; await sleep(20)) {
      const found = this.arrived.find(fits)
      if (found) return found
    }
    const got = this.arrived.map(({ to, mail }) => `${to}: ${mail.subject}`).join('\n')
    throw new Error(`no such mail within ${ms} ms; there were:\n${got}`)
  }

  #options(): SMTPServerOptions {
    return {
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      closeTimeout: 100,
      onConnect: (_, done) => done(this.behaviour.connect?.()),
      onAuth: (auth, _, done) => {
        const error = this.behaviour.auth?.()
        error ? done(error) : done(null, { user: auth.username })
      },
      onMailFrom: ({ address }, _, done) => done(this.behaviour.mail?.(address)),
      onRcptTo: ({ address }, _, done) => done(this.behaviour.rcpt?.(address)),
      onData: async (stream, session, done) => {
        const chunks: Buffer[] = []
        try {
          for await (const chunk of stream) chunks.push(chunk as Buffer)
        } catch {
          return // the client was killed in the middle of its mail
        }
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const end = await this.behaviour.dot?.(to)
        if (end instanceof Error) return done(end)
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const raw = Buffer.concat(chunks)
        this.arrived.push({ at: Date.now(), from, to, raw, mail: await simpleParser(raw) })
        if (end !== 'drop') return done()
        for (const connection of this.#server?.connections ?? [])
          if (connection.session === session) connection.close()
      },
    }
  }
}
