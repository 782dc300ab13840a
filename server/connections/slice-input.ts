import type { Socket } from 'node:net'

/** One request of a browser fits; of the shortest ones no more than some two hundred. */
const SLICE_BYTES = 4096

/**
 * Hands what a connection sends to Node's HTTP parser in slices, and nothing more once the socket is destroyed. Node
 * would parse all of the 64 KiB that it reads at once, and make thousands of pipelined requests of them, before a
 * bound on them can have an effect. To be called on `connection`, when Node has its listener.
 */
export function sliceInput(socket: Socket): void {
  const [parse] = socket.listeners('data')
  if (!parse) return
  socket.on('data', (chunk: Buffer) => {
    for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
      // Once a socket was upgraded its parser serves another connection.
      if (socket.destroyed || !('parser' in socket && socket.parser)) return
      if (socket.isPaused()) {
        socket.unshift(chunk.subarray(start))
        return
      }
      parse.call(socket, chunk.subarray(start, start + SLICE_BYTES))
    }
  })
  socket.off('data', parse as (chunk: Buffer) => void)
}
