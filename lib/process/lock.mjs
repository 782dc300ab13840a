import { createHash } from 'node:crypto'
import { stat, unlink } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A lock is a Unix socket that its holder listens on: unlike a file with a process number in it, it is free the
 * moment its process is gone, kill -9 included. JavaScript, because install.mjs needs it on a Node that reads nothing else.
 *
 * @typedef {{ pid: number, address: string, stopping: boolean }} Holder what the holder tells those who ask
 * @typedef {{ fd: number | undefined, release(): Promise<void> }} Lock a process that inherits `fd` holds it, too
 */

/** The file system can't hold a socket there, or its name is too long. */
const NO_SOCKETS = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENAMETOOLONG', 'EPERM'])
const LONGEST_NAME = 100
const ANSWER_MS = 3000

/** Somebody else holds the lock and means to keep it. */
export class HeldError extends Error {
  name = 'HeldError'

  /** @param {Holder} holder */
  constructor(holder) {
    super(`held by process ${holder.pid}`)
    this.holder = holder
  }
}

/**
 * Takes the lock. A holder that is stopping is waited for, `patienceMs` long.
 * @param {string} file
 * @param {() => Holder} present asked anew for each one who wants the lock
 * @param {number} patienceMs
 * @param {() => void} onWait called once if somebody else is waited for
 * @returns {Promise<Lock>}
 * @throws {HeldError}
 */
export async function takeLock(file, present, patienceMs, onWait = () => {}) {
  let path = shorten(file)
  let told = false
  for (const giveUp = Date.now() + patienceMs; ; await sleep(100)) {
    const server = await listen(path, present).catch((error) => {
      if (path === socketInTemp(file) || !NO_SOCKETS.has(error.code)) throw error
      path = socketInTemp(file)
    })
    if (server)
      return { fd: server._handle?.fd, release: () => new Promise((done) => server.close(() => done())) }
    const before = await stat(path).catch(() => undefined)
    const holder = await ask(path)
    if (holder && (!holder.stopping || Date.now() > giveUp)) throw new HeldError(holder)
    if (!holder) await removeDead(path, before?.ino)
    else if (!told) onWait()
    told ||= holder !== undefined
  }
}

/**
 * Node answers EADDRINUSE for a socket file whether or not anybody still listens on it.
 * @param {string} path
 * @param {() => Holder} present
 * @returns {Promise<any>} the server, or undefined where the file exists
 */
function listen(path, present) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(JSON.stringify(present()))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(path, () => resolve(server.unref()))
  })
}

/**
 * @param {string} path
 * @returns {Promise<Holder | undefined>} undefined where nobody listens
 */
async function ask(path) {
  const socket = connect(path)
  const timer = setTimeout(() => socket.destroy(new Error('silent')), ANSWER_MS)
  try {
    return JSON.parse(await text(socket))
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ENOTSOCK') return undefined
    // It listens and does not answer: ending, busy, stopped with Ctrl-Z, or the npm of a killed install, which has
    // inherited the socket and accepts nothing. All are worth waiting for.
    return { pid: 0, address: '', stopping: true }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Removes only the file that was asked: another start may have put its own there since.
 * @param {string} path
 * @param {number | undefined} inode
 */
async function removeDead(path, inode) {
  const now = await stat(path).catch(() => undefined)
  if (now && now.ino === inode) await unlink(path).catch(() => {})
}

/**
 * The system cuts the names of sockets at about 100 bytes.
 * @param {string} file
 */
function shorten(file) {
  const near = relative(process.cwd(), file)
  const best = near.length < file.length ? near : file
  return Buffer.byteLength(best) < LONGEST_NAME ? best : socketInTemp(file)
}

/**
 * A place for the lock of a file in a folder that can't hold a socket.
 * @param {string} file
 */
export function socketInTemp(file) {
  const name = createHash('sha256').update(`${process.getuid?.()} ${file}`).digest('hex').slice(0, 16)
  return join(tmpdir(), `trackstat-${name}.sock`)
}
