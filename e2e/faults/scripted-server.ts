import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { freePort } from '../stack/free-port.ts'

export type Verb = 'connect' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'dot' | 'QUIT'

/** What it does instead of replying: hangs, closes, resets, sends endlessly, or sends this reply. */
export type Act = 'hang' | 'fin' | 'rst' | 'trickle' | (string & {})

const ORDINARY: Record<Verb, string> = {
  connect: '220 scripted ESMTP',
  EHLO: '250-scripted\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  MAIL: '250 sender fine',
  RCPT: '250 recipient fine',
  DATA: '354 go on',
  dot: '250 taken',
  QUIT: '221 bye',
}

/** An SMTP server that behaves normally except at the verbs in its script. */
export class ScriptedServer {
  /** Every mail whose final dot was received, whatever the reply. */
  readonly dots: { to: string; raw: string }[] = []
  /** Commands at which the script acted, such as `RCPT anna@example.com`. */
  readonly met: string[] = []
  script: (verb: Verb, to: string) => Act | undefined = () => undefined
  port = 0
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined

  async start(): Promise<this> {
    this.port ||= await freePort()
    this.#server = createServer((socket) => this.#converse(socket)).listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((done) => this.#server?.close(done))
  }

  /** Ends a hang: sends a reply to every client. */
  reply(line: string): void {
    for (const socket of this.#sockets) socket.write(`${line}\r\n`)
  }

  #converse(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {})
    let [sent, to, inBody] = ['', '', false]
    const answer = (verb: Verb) => this.#answer(socket, verb, to)
    answer('connect')
    socket.setEncoding('latin1').on('data', (chunk) => {
      for (sent += chunk; ; ) {
        const mark = inBody ? '\r\n.\r\n' : '\r\n'
        const end = sent.indexOf(mark)
        if (end < 0) return
        const line = sent.slice(0, end)
        sent = sent.slice(end + mark.length)
        if (inBody) this.dots.push({ to, raw: line })
        const verb = inBody ? 'dot' : (line.slice(0, 4).replace('HELO', 'EHLO') as Verb)
        if (verb === 'RCPT') to = /<(.*?)>/.exec(line)?.[1] ?? ''
        inBody = answer(verb) && verb === 'DATA'
      }
    })
  }

  /** Returns whether the session continues. */
  #answer(socket: Socket, verb: Verb, to: string): boolean {
    const act = this.script(verb, to)
    if (act !== undefined) this.met.push(`${verb} ${to}`.trim())
    if (act === 'hang') return false
    if (act === 'fin') socket.end()
    else if (act === 'rst') socket.resetAndDestroy()
    else if (act === 'trickle') {
      const timer = setInterval(() => socket.write('250-and another thing\r\n'), 20)
      socket.on('close', () => clearInterval(timer))
    } else socket.write(`${act ?? ORDINARY[verb]}\r\n`)
    return act === undefined
  }
}
