import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import getPort, { portNumbers } from 'get-port'

/** The launcher can't go on. The message says what happened and what to do now. */
export class StartError extends Error {
  override name = 'StartError'
}

/** What listening on a port says: undefined when it is free, else the system's code. */
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
 * @param patienceMs how long to wait for whoever has the port: a killed run of our own may be on its way out
 * @throws {StartError} when the site can't listen there
 */
export async function requirePort(
  { port, host }: { port: number; host: string },
  patienceMs: number,
): Promise<void> {
  const giveUp = Date.now() + patienceMs
  let code = await tryPort(port, host)
  while (code === 'EADDRINUSE' && Date.now() < giveUp) {
    await sleep(100)
    code = await tryPort(port, host)
  }
  if (code === undefined) return
  const another = `start with another one, for example: PORT=${port < 1024 ? 3000 : port + 1} npm start`
  if (code === 'EADDRINUSE')
    throw new StartError(`PORT ${port} is taken by another program. Stop that one, or ${another}`)
  if (code === 'EACCES')
    throw new StartError(`PORT ${port} may not be used by this user. Run as root, or ${another}`)
  throw new StartError(
    `HOST ${host} is not an address of this machine (${code}). Leave HOST out to use 127.0.0.1`,
  )
}

/** A free port: the wished one, else one of the next fifty, else any. */
export function nextFreePort(wished: number, host: string, except: number[] = []): Promise<number> {
  return getPort({ port: portNumbers(wished, wished + 50), host, exclude: except })
}

export function anyFreePort(host: string): Promise<number> {
  return getPort({ host })
}
