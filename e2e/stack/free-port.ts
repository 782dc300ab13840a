import { tryPort } from '#lib/process/ports'

/**
 * A port that nobody listens on now, and that the system gives to nobody by itself: one of the range for
 * outgoing connections could be taken before, or between two times that, a test listens on it. Beside the range
 * of the embedded server, too.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000)
    if ((await tryPort(port, '127.0.0.1')) === undefined) return port
  }
}
