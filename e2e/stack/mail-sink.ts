import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { freePort } from './free-port.ts'

/** A received mail: envelope, bytes, and parsed. */
export type Arrived = { at: number; from: string; to: string[]; raw: Buffer; mail: ParsedMail }

/** What the server does at a verb: nothing, an error with an SMTP reply code, or wait. */
export type Behavior = {
  connect?: () => Error | undefined
  auth?: () => Error | undefined
  mail?: (address: string) => Error | undefined
  rcpt?: (address: string) => Error | undefined
  /** After the final dot; may wait. `'drop'` keeps the mail but closes the connection without a reply. */
  dot?: (to: string[]) => Error | 'drop' | undefined | Promise<Error | 'drop' | undefined>
}

/** An error that is sent as this SMTP reply. */
export function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}

/** A real SMTP server that stores mails and misbehaves on demand. */
export class MailSink {
  readonly arrived: Arrived[] = []
  behavior: Behavior = {}
  port = 0
  #server: SMTPServer | undefined

  async start(): Promise<void> {
    // Reuses its port, like a mail server that restarts.
    this.port ||= await freePort()
    this.#server = new SMTPServer(this.#options())
    this.#server.on('error', () => {}) // tests break connections on purpose
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

  /** Waits for a matching mail. @throws after `ms` */
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
      onConnect: (_, done) => done(this.behavior.connect?.()),
      onAuth: (auth, _, done) => {
        const error = this.behavior.auth?.()
        error ? done(error) : done(null, { user: auth.username })
      },
      onMailFrom: ({ address }, _, done) => done(this.behavior.mail?.(address)),
      onRcptTo: ({ address }, _, done) => done(this.behavior.rcpt?.(address)),
      onData: async (stream, session, done) => {
        const chunks: Buffer[] = []
        try {
          for await (const chunk of stream) chunks.push(chunk as Buffer)
        } catch {
          return // the client was killed while sending
        }
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const end = await this.behavior.dot?.(to)
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
