import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '#lib/guard/rate'
import { log } from '#lib/log'
import { sendRawResponse, statusOfParserError } from '#server/connections/raw-response'
import { sliceInput } from '#server/connections/slice-input'
import { SlowReaders } from '#server/connections/slow-readers'

/**
 * Connection limits: in all, and for one client (an IPv4 address or an IPv6 /64). The second ignores connections that are
 * part of a short burst.
 */
export type Limits = { all: number; perClient: number }

/** Unanswered requests on one connection (RFC 9112 §9.3.2). Browsers send one at a time. */
const MAX_PIPELINED = 10
const CHECK_MS = 5000
/** A connection that has been idle this long is not part of a burst. */
const IDLE_MS = 2000
/** After the shutdown began: how long a request may take to arrive, and a response to be sent. */
const REQUEST_TIMEOUT_MS = 2000
const RESPONSE_TIMEOUT_MS = 7000

/** `unanswered`: requests, in order. `lastActive`: time of the last request or response. */
type Connection = {
  socket: Socket
  client: string
  lastActive: number
  unanswered: { response: ServerResponse; start: () => void }[]
}

/**
 * Limits what clients can make the process keep in memory: connections, pipelined requests, and responses that they do not
 * read. At a limit, the connection that has waited longest for its client is closed.
 */
export class Connections {
  readonly #server: Server
  readonly #limits: Limits
  /** In the order of their last request or response. */
  readonly #open = new Map<Socket, Connection>()
  readonly #slowReaders = new SlowReaders()
  #closing = false
  #closedForRoom = 0

  constructor(server: Server, limits: Limits) {
    this.#server = server
    this.#limits = limits
    server.on('connection', (socket) => this.#accept(socket))
    server.on('timeout', (socket) => socket.end())
    server.on('clientError', (error, socket) => this.#refuseUnparsed(error, socket as Socket))
    server.on('connect', (_, socket) => sendRawResponse(socket as Socket, 405, 'Allow: GET, HEAD, POST\r\n'))
    server.on('checkExpectation', (request, response) => this.#refuse(417, request, response))
    setInterval(() => this.#check(), CHECK_MS).unref()
  }

  /**
   * Resolves when the earlier requests of the same connection are answered, so that each connection has only one response
   * in memory. False: the request was refused or its connection closed, and the caller must stop.
   */
  async admit(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { httpVersion, headers } = request
    // HTTP/1.1 requires Host (RFC 9112 §3.2). Node would answer these requests itself, without a limit on how many.
    if (httpVersion !== '1.1' || headers.host !== undefined) return this.#awaitTurn(request, response)
    await this.#refuse(400, request, response)
    return false
  }

  async #refuse(status: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.#awaitTurn(request, response)) response.writeHead(status, { Connection: 'close' }).end()
  }

  async #awaitTurn({ socket }: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const connection = this.#open.get(socket)
    if (!connection || !socket.writable) return false
    const { unanswered } = connection
    if (unanswered.length >= MAX_PIPELINED) {
      socket.resetAndDestroy()
      return false
    }
    if (this.#closing) response.shouldKeepAlive = false
    this.#touch(connection)
    response.once('close', () => this.#answered(connection))
    await new Promise<void>((start) => {
      unanswered.push({ response, start })
      if (unanswered.length === 1) start()
    })
    return socket.writable
  }

  #refuseUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
    const hasStarted = this.#open.get(socket)?.unanswered[0]?.response.headersSent
    if (hasStarted || !socket.writable) socket.end()
    else sendRawResponse(socket, statusOfParserError(error))
  }

  /** Stops accepting, finishes running requests, and resolves within 7 s when all connections are closed. */
  async close(): Promise<void> {
    this.#closing = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    setTimeout(() => {
      for (const connection of this.#open.values()) if (awaitsRequest(connection)) connection.socket.destroy()
    }, REQUEST_TIMEOUT_MS).unref()
    setTimeout(() => {
      for (const { socket } of this.#open.values()) socket.resetAndDestroy()
    }, RESPONSE_TIMEOUT_MS).unref()
    await closed
  }

  #accept(socket: Socket): void {
    const client = networkOf(socket.remoteAddress ?? '')
    if (!this.#makeRoom(client)) {
      sendRawResponse(socket, 503, 'Retry-After: 5\r\n')
      socket.destroySoon()
      return
    }
    this.#open.set(socket, { socket, client, lastActive: performance.now(), unanswered: [] })
    sliceInput(socket)
    // Node would destroy the socket while the kernel still has unread bytes. With end() it stays, and is checked.
    socket.destroySoon = () => socket.end()
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Makes room for one more connection, if needed by closing another: a client above its limit loses one of its own. */
  #makeRoom(client: string): boolean {
    if (this.#open.size < this.#limits.all) return true
    const all = [...this.#open.values()]
    const own = all.filter((connection) => connection.client === client)
    const full = own.length > this.#limits.perClient ? own : all
    const oldest = full.find(awaitsRequest) ?? full.find(awaitsReader)
    if (oldest) this.#close(oldest)
    return oldest !== undefined
  }

  #enforcePerClient(): void {
    const idleBefore = performance.now() - IDLE_MS
    for (const own of Map.groupBy(this.#open.values(), ({ client }) => client).values()) {
      const waiting = own.filter(({ lastActive }) => lastActive < idleBefore)
      const closing = [...waiting.filter(awaitsRequest), ...waiting.filter(awaitsReader)]
      for (const oldest of closing.slice(0, Math.max(0, own.length - this.#limits.perClient)))
        this.#close(oldest)
    }
  }

  #close({ socket }: Connection): void {
    this.#closedForRoom++
    this.#open.delete(socket)
    socket.resetAndDestroy()
  }

  #answered(connection: Connection): void {
    const { socket, unanswered } = connection
    unanswered.shift()
    if (socket.destroyed) return
    this.#touch(connection)
    unanswered[0]?.start()
    if (this.#closing && unanswered.length === 0) socket.end()
  }

  #touch(connection: Connection): void {
    connection.lastActive = performance.now()
    this.#open.delete(connection.socket)
    this.#open.set(connection.socket, connection)
  }

  async #check(): Promise<void> {
    if (this.#open.size === 0) return
    this.#enforcePerClient()
    const unread = await this.#slowReaders.check(this.#open.keys())
    if (unread || this.#closedForRoom)
      log.warn({ unread, forRoom: this.#closedForRoom, open: this.#open.size }, 'connections were closed')
    this.#closedForRoom = 0
  }
}

/** Safe to close: the client has not sent a complete request. */
const awaitsRequest = ({ unanswered }: Connection) => !unanswered[0]?.response.req.complete
const awaitsReader = (connection: Connection) =>
  !awaitsRequest(connection) && connection.socket.writableLength > 0
