import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** States in `/proc/net/tcp` in which the server has sent and closed everything: FIN_WAIT2, TIME_WAIT, CLOSE; and LISTEN. */
const GONE = new Set(['05', '06', '07', '0A'])

/** Raw TCP clients of one server, and the state of their connections in the kernel. */
export class RawClients {
  readonly #port: number
  readonly #sockets: Socket[] = []

  constructor(url: string) {
    this.#port = Number(new URL(url).port)
  }

  /** Connects and sends `text`; reads nothing until the socket is resumed. */
  async open(text = ''): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1' })
    this.#sockets.push(socket)
    socket.on('error', () => {}) // a reset is one way to be closed
    socket.pause()
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve)
      socket.once('close', resolve)
    })
    if (text) socket.write(text)
    return socket
  }

  openMany(count: number, text = ''): Promise<Socket[]> {
    return Promise.all(Array.from({ length: count }, () => this.open(text)))
  }

  /** Server-side connections on its port, including those that the kernel is still closing. */
  held(): number {
    const port = this.#port.toString(16).toUpperCase().padStart(4, '0')
    return ['tcp', 'tcp6']
      .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '', , state = '']) => local.endsWith(`:${port}`) && !GONE.has(state)).length
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.destroy()
  }
}

/** Reads everything until the server closes, at most `bytesPerSecond` on average. */
export async function readAll(socket: Socket, bytesPerSecond = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const chunks: Buffer[] = []
  let [size, ended] = [0, false]
  const began = Date.now()
  const isAhead = () => (size * 1000) / bytesPerSecond > Date.now() - began
  socket.on('close', () => {
    ended = true
  })
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    size += chunk.length
    if (isAhead()) socket.pause()
  })
  for (; !ended; await sleep(20)) if (!isAhead()) socket.resume()
  return Buffer.concat(chunks)
}

/** Resident memory of a process, in MiB. */
export function residentMiB(pid: number | undefined): number {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
  return (Number(pages) * 4096) / 2 ** 20
}
