import { createHash } from 'node:crypto'
import { stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What the holder of a lock tells those who ask. The lock is a socket that the holder listens on:
 * unlike a file with a number in it, it is gone the moment its process is, kill -9 included.
 */
export type Holder = { pid: number; address: string; stopping: boolean }

const NO_SOCKETS = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENAMETOOLONG', 'EPERM'])

export type Lock = { release(): Promise<void> }

/** Somebody else holds the lock and means to keep it. */
export class HeldError extends Error {
  override name = 'HeldError'
  readonly holder: Holder
  constructor(holder: Holder) {
    super(`held by process ${holder.pid}`)
    this.holder = holder
  }
}

/**
 * Takes the lock. A holder that is stopping is waited for, `patienceMs` long.
 * @param present asked anew for each one who wants the lock
 * @throws {HeldError}
 */
export async function takeLock(file: string, present: () => Holder, patienceMs: number): Promise<Lock> {
  let path = shorten(file)
  for (const giveUp = Date.now() + patienceMs; ; await sleep(100)) {
    const server = await listen(path, present).catch((error: NodeJS.ErrnoException) => {
      // Some shared folders hold no sockets.
      if (path === standIn(file) || !NO_SOCKETS.has(error.code ?? '')) throw error
      path = standIn(file)
    })
    if (server) return { release: () => new Promise((done) => server.close(() => done())) }
    const before = await stat(path).catch(() => undefined)
    const holder = await ask(path)
    if (holder && (!holder.stopping || Date.now() > giveUp)) throw new HeldError(holder)
    if (!holder) await removeDead(path, before?.ino)
  }
}

/** Node answers EADDRINUSE for a socket file whether or not anybody still listens on it. */
async function listen(path: string, present: () => Holder): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(JSON.stringify(present()))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(path, () => {
      server.unref()
      resolve(server)
    })
  })
}

async function ask(path: string): Promise<Holder | undefined> {
  const socket = connect(path)
  const timer = setTimeout(() => socket.destroy(new Error('silent')), 3_000)
  try {
    return JSON.parse(await text(socket))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ENOTSOCK') return undefined
    // It listens and does not answer: busy or stopped with Ctrl-Z, but there.
    return { pid: 0, address: '', stopping: code === 'ECONNRESET' || error instanceof SyntaxError }
  } finally {
    clearTimeout(timer)
  }
}

/** Only the file that was asked: another start may have put its own there since. */
async function removeDead(path: string, inode: number | undefined): Promise<void> {
  const now = await stat(path).catch(() => undefined)
  if (now && now.ino === inode) await unlink(path).catch(() => {})
}

/** The system cuts the names of sockets at about 100 bytes. */
function shorten(file: string): string {
  const near = relative(process.cwd(), file)
  const best = near.length < file.length ? near : file
  return Buffer.byteLength(best) < 100 ? best : standIn(file)
}

/** A place for the socket where its own folder can't have it. */
export function standIn(file: string): string {
  return join(
    tmpdir(),
    `trackstat-${createHash('sha256').update(`${process.getuid?.()} ${file}`).digest('hex').slice(0, 16)}.sock`,
  )
}
