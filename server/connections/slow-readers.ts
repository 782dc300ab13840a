import type { Socket } from 'node:net'
import { connectionKey, readSendQueues } from '#server/connections/send-queue'

/** Less than half the speed of GPRS, the slowest phone network. */
const MIN_BYTES_PER_SECOND = 2048
/** Node writes 64 KiB at a time, so in a shorter window an honest slow reader could show no progress. */
const WINDOW_MS = 20_000

/** The bytes that the client had read when the current window began. */
type Window = { began: number; received: number }

/**
 * Resets connections whose client does not read. A response may take as long as its size needs at the minimum rate; a slower
 * client is reset within two windows and one check.
 */
export class SlowReaders {
  readonly #windows = new WeakMap<Socket, Window>()
  readonly #keys = new WeakMap<Socket, string>()
  /** Of each connection that we ended: the bytes received until the last check. */
  readonly #sent = new WeakMap<Socket, number>()

  /** Checks each socket once; call it every few seconds. Returns how many were reset. */
  async check(sockets: Iterable<Socket>): Promise<number> {
    const queues = await readSendQueues()
    const now = performance.now()
    const slow = [...sockets].filter(
      (socket) => !socket.destroyed && this.#isSlow(socket, queues.get(this.#keyOf(socket)) ?? 0, now),
    )
    for (const socket of slow) socket.resetAndDestroy()
    return slow.length
  }

  #isSlow(socket: Socket, inKernel: number, now: number): boolean {
    const unread = socket.writableLength + inKernel
    if (unread === 0) {
      this.#windows.delete(socket)
      // We ended it and the client has everything. While it still sends, a reset would cost it the answer.
      if (socket.writableEnded && this.#sent.get(socket) === socket.bytesRead) socket.destroy()
      if (socket.writableEnded) this.#sent.set(socket, socket.bytesRead)
      return false
    }
    const received = socket.bytesWritten - unread
    const window = this.#windows.get(socket)
    if (window && now - window.began < WINDOW_MS) return false
    this.#windows.set(socket, { began: now, received })
    return (
      window !== undefined &&
      received - window.received < (MIN_BYTES_PER_SECOND * (now - window.began)) / 1000
    )
  }

  #keyOf(socket: Socket): string {
    const key = this.#keys.get(socket) ?? connectionKey(socket)
    this.#keys.set(socket, key)
    return key
  }
}
