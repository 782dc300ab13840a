import type { Socket } from 'node:net'

/** One browser request fits, and at most about 200 of the shortest possible ones. */
const SLICE_BYTES = 4096

/**
 * Feeds a connection's input to Node's HTTP parser in slices, and stops when the socket is destroyed. Otherwise Node parses
 * 64 KiB at a time, and creates thousands of pipelined requests before a limit can act. Call it on `connection`, when Node
 * has added its listener.
 */
export function sliceInput(socket: Socket): void {
  const [parse] = socket.listeners('data')
  if (!parse) return
  socket.on('data', (chunk: Buffer) => {
    for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
      // After an upgrade the parser belongs to another connection.
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
