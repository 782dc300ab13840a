import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { portNumbers } from 'get-port'
import { OperatorError } from '#lib/operator-error'

/** Tries to listen on a port. Returns undefined if it is free, else the system's error code. */
export async function tryPort(port: number, host: string): Promise<string | undefined> {
  const server = createServer()
  const code = await tryListen(server, port, host)
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

/**
 * Listens on the preferred port, else on one of the next 50, else on any. It does not look for a free port first, because
 * another process could take that one.
 * @returns the port
 */
export async function listenNear(server: Server, preferred: number, host: string): Promise<number> {
  let code: string | undefined
  for (const port of [...portNumbers(preferred, preferred + 50), 0]) {
    code = await tryListen(server, port, host)
    if (code === undefined) return (server.address() as AddressInfo).port
  }
  throw new Error(`no port of ${host} can be used (${code})`)
}

/** @returns undefined if it listens, else the system's error code */
function tryListen(server: Server, port: number, host: string): Promise<string | undefined> {
  return once(server.listen(port, host), 'listening').then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  )
}
