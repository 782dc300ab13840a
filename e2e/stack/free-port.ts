import { tryPort } from '#lib/process/ports'

/**
 * A free port outside the ephemeral range, so that no outgoing connection takes it before the test listens, and outside
 * the embedded server's range.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000)
    if ((await tryPort(port, '127.0.0.1')) === undefined) return port
  }
}
