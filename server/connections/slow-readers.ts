import type { Socket } from 'node:net'
import { connectionKey, readSendQueues } from '#server/connections/send-queue'

/** Less than half of GPRS, the slowest phone network. */
const MIN_BYTES_PER_SECOND = 2048
/** A response leaves Node in pieces of 64 KiB, so a shorter window could see no progress of an honest reader. */
const WINDOW_MS = 20_000

/** What a socket's peer had taken when the current window began. */
type Window = { began: number; taken: number }

/**
 * Resets connections whose peer leaves sent bytes unread. A response may take as long as its size needs at
 * the least rate; a slower reader, or one that never reads, is reset within two windows and one check.
 */
export class SlowReaders {
  readonly #windows = new WeakMap<Socket, Window>()
  readonly #keys = new WeakMap<Socket, string>()

  /** Looks once at each of the sockets; to be called every few seconds. Returns how many were reset. */
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
      // We ended it and the peer has everything: no need to wait until it closes its side.
      if (socket.writableEnded) socket.destroy()
      return false
    }
    const taken = socket.bytesWritten - unread
    const window = this.#windows.get(socket)
    if (window && now - window.began < WINDOW_MS) return false
    this.#windows.set(socket, { began: now, taken })
    return window !== undefined && taken - window.taken < (MIN_BYTES_PER_SECOND * (now - window.began)) / 1000
  }

  #keyOf(socket: Socket): string {
    const key = this.#keys.get(socket) ?? connectionKey(socket)
    this.#keys.set(socket, key)
    return key
  }
}
