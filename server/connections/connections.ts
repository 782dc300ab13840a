import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { bucketOf } from '#lib/guard/rate'
import { log } from '#lib/log'
import { sendRawResponse, statusOfParserError } from '#server/connections/raw-response'
import { sliceInput } from '#server/connections/slice-input'
import { SlowReaders } from '#server/connections/slow-readers'

/**
 * The most connections: in all, at any time; of one client (an IPv4 address or an IPv6 /64), for longer than a burst of
 * its requests takes.
 */
export type Limits = { all: number; perClient: number }

/** Unanswered requests on one connection (RFC 9112 §9.3.2). Browsers send one at a time. */
const MAX_PIPELINED = 10
const CHECK_MS = 5000
/** A connection that has waited this long for its client is not part of a burst. */
const IDLE_MS = 2000
/** At the stop: how long a request may take to arrive, and a response to go out. */
const ARRIVE_MS = 2000
const FINISH_MS = 7000

/** `turns`: the requests that are not answered yet, first come first served. `since`: its last request or response. */
type Connection = {
  socket: Socket
  client: string
  since: number
  turns: { response: ServerResponse; start: () => void }[]
}

/**
 * Limits what clients can make the web process hold: connections, pipelined requests, and responses that nobody
 * reads. Where a bound is reached, the connection that has waited longest for its client makes room.
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
   * Resolves once the earlier requests of the same connection are answered, so that only one response of each
   * connection is in memory. False: the request is refused or its connection closed, and nothing is to be done.
   */
  async admit(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { httpVersion, headers } = request
    // RFC 9112 §3.2. Node would answer these itself, without a bound on how many.
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
    const { turns } = connection
    if (turns.length >= MAX_PIPELINED) {
      socket.resetAndDestroy()
      return false
    }
    if (this.#closing) response.shouldKeepAlive = false
    this.#touch(connection)
    response.once('close', () => this.#answered(connection))
    await new Promise<void>((start) => {
      turns.push({ response, start })
      if (turns.length === 1) start()
    })
    return socket.writable
  }

  #refuseUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
    const begun = this.#open.get(socket)?.turns[0]?.response.headersSent
    if (begun || !socket.writable) socket.end()
    else sendRawResponse(socket, statusOfParserError(error))
  }

  /** Takes no new connections, lets requests under way finish, and resolves within 7 s when all are closed. */
  async close(): Promise<void> {
    this.#closing = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    setTimeout(() => {
      for (const connection of this.#open.values()) if (awaitsRequest(connection)) connection.socket.destroy()
    }, ARRIVE_MS).unref()
    setTimeout(() => {
      for (const { socket } of this.#open.values()) socket.resetAndDestroy()
    }, FINISH_MS).unref()
    await closed
  }

  #accept(socket: Socket): void {
    const client = bucketOf(socket.remoteAddress ?? '')
    if (!this.#makeRoom(client)) {
      sendRawResponse(socket, 503, 'Retry-After: 5\r\n')
      socket.destroySoon()
      return
    }
    this.#open.set(socket, { socket, client, since: performance.now(), turns: [] })
    sliceInput(socket)
    // Node would close the connection while the kernel still holds unread bytes; an ended one is still checked.
    socket.destroySoon = () => socket.end()
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Whether there is room for one more connection, if need be by closing another; a client with many closes its own. */
  #makeRoom(client: string): boolean {
    if (this.#open.size < this.#limits.all) return true
    const all = [...this.#open.values()]
    const own = all.filter((connection) => connection.client === client)
    const full = own.length > this.#limits.perClient ? own : all
    const victim = full.find(awaitsRequest) ?? full.find(awaitsReader)
    if (victim) this.#close(victim)
    return victim !== undefined
  }

  #enforcePerClient(): void {
    const idleBefore = performance.now() - IDLE_MS
    for (const own of Map.groupBy(this.#open.values(), ({ client }) => client).values()) {
      const waiting = own.filter(({ since }) => since < idleBefore)
      const victims = [...waiting.filter(awaitsRequest), ...waiting.filter(awaitsReader)]
      for (const victim of victims.slice(0, Math.max(0, own.length - this.#limits.perClient)))
        this.#close(victim)
    }
  }

  #close({ socket }: Connection): void {
    this.#closedForRoom++
    this.#open.delete(socket)
    socket.resetAndDestroy()
  }

  #answered(connection: Connection): void {
    const { socket, turns } = connection
    turns.shift()
    if (socket.destroyed) return
    this.#touch(connection)
    turns[0]?.start()
    if (this.#closing && turns.length === 0) socket.end()
  }

  #touch(connection: Connection): void {
    connection.since = performance.now()
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

/** Safe to close: the client has not sent a whole request. */
const awaitsRequest = ({ turns }: Connection) => !turns[0]?.response.req.complete
const awaitsReader = (connection: Connection) =>
  !awaitsRequest(connection) && connection.socket.writableLength > 0
