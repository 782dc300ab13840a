import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import getPort, { portNumbers } from 'get-port'
import { OperatorError } from '#lib/operator-error'

/** Tries to listen on a port. Returns undefined if it is free, else the system's error code. */
export async function tryPort(port: number, host: string): Promise<string | undefined> {
  const server = createServer()
  const code = await new Promise<string | undefined>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => resolve(undefined))
  })
  await new Promise((resolve) => server.close(resolve))
  return code
}

/**
 * @param timeoutMs how long to wait for a used port: an earlier launcher of ours may be ending
 * @throws {OperatorError} when the site can't listen there
 */
export async function requirePort(
  { port, host }: { port: number; host: string },
  timeoutMs: number,
): Promise<void> {
  const giveUp = Date.now() + timeoutMs
  let code = await tryPort(port, host)
  while (code === 'EADDRINUSE' && Date.now() < giveUp) {
    await sleep(100)
    code = await tryPort(port, host)
  }
  if (code === undefined) return
  const another = `start with another one, for example: PORT=${port < 1024 ? 3000 : port + 1} npm start`
  if (code === 'EADDRINUSE')
    throw new OperatorError(`PORT ${port} is taken by another program. Stop that one, or ${another}`)
  if (code === 'EACCES')
    throw new OperatorError(`PORT ${port} may not be used by this user. Run as root, or ${another}`)
  throw new OperatorError(
    `HOST ${host} is not an address of this machine (${code}). Leave HOST out to use 127.0.0.1`,
  )
}

/** A free port: the preferred one, else one of the next 50, else any. */
export function nextFreePort(preferred: number, host: string): Promise<number> {
  return getPort({ port: portNumbers(preferred, preferred + 50), host })
}
