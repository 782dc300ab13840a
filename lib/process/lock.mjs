import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A lock is a Unix socket that its holder listens on: unlike a pid file it is free as soon as its process is gone, kill -9
 * included. JavaScript, because install.mjs may run on a Node that can't read TypeScript.
 *
 * @typedef {{ pid: number, address: string, stopping: boolean }} Holder what the holder sends to those who connect
 * @typedef {{ fd: number | undefined, release(): Promise<void> }} Lock a child process that inherits `fd` holds it too
 */

/** Errors that mean that the socket can't be there: the file system has no sockets, or the name is too long. */
const NO_SOCKETS = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENAMETOOLONG', 'EPERM'])
const MAX_NAME_LENGTH = 100
const ANSWER_TIMEOUT_MS = 3000
/** @type {Holder} one that does not answer */
const SILENT = { pid: 0, address: '', stopping: true }

/** Another process holds the lock and is not stopping, or did not stop in time. */
export class HeldError extends Error {
  name = 'HeldError'

  /** @param {Holder} holder */
  constructor(holder) {
    super(`held by process ${holder.pid}`)
    this.holder = holder
  }
}

/**
 * Takes the lock. Waits up to `timeoutMs` for a holder that is stopping.
 * @param {string} file
 * @param {() => Holder} getHolder called for each process that asks for the lock
 * @param {number} timeoutMs
 * @param {() => void} onWait called once if another holder is waited for
 * @returns {Promise<Lock>}
 * @throws {HeldError}, or the system's error if the socket can't be created or a dead one can't be removed
 */
export async function takeLock(file, getHolder, timeoutMs, onWait = () => {}) {
  let path = shorten(file)
  let waited = false
  for (const giveUp = Date.now() + timeoutMs; ; await sleep(100)) {
    const server = await listen(path, getHolder).catch((error) => {
      if (path === fallbackPath(file) || !NO_SOCKETS.has(error.code)) throw error
      path = fallbackPath(file)
    })
    if (server)
      return { fd: server._handle?.fd, release: () => new Promise((done) => server.close(() => done())) }
    const before = await identify(path)
    const holder = await ask(path)
    if (!holder && (await removeDead(path, before))) continue
    if (holder?.stopping === false || Date.now() > giveUp) throw new HeldError(holder ?? SILENT)
    if (holder && !waited) onWait()
    waited ||= holder !== undefined
  }
}

/**
 * EADDRINUSE only means that the socket file exists, not that a process still listens on it.
 * @param {string} path
 * @param {() => Holder} getHolder
 * @returns {Promise<any>} the server, or undefined if the file exists
 */
function listen(path, getHolder) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(JSON.stringify(getHolder()))
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
 * @returns {Promise<Holder | undefined>} undefined if no process listens
 */
async function ask(path) {
  const socket = connect(path)
  const timer = setTimeout(() => socket.destroy(new Error('silent')), ANSWER_TIMEOUT_MS)
  try {
    return JSON.parse(await text(socket))
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ENOTSOCK') return undefined
    // It listens but does not answer: ending, busy, stopped with Ctrl-Z, or a child process that inherited the socket
    // from a killed holder. All are waited for.
    return SILENT
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Removes only the socket file that was tried: another process may have created its own since.
 * @param {string} path
 * @param {string | undefined} before the file that was tried, from `identify`
 * @returns {Promise<boolean>} whether no file is there now
 */
export async function removeDead(path, before) {
  const now = await identify(path)
  if (now === undefined) return true
  if (now !== before) return false
  await rm(path, { force: true })
  return true
}

/**
 * Tells one file at this path from another. Inode and time of change together, because ext4 gives the inode of a deleted
 * file to the next one.
 * @param {string} path
 * @returns {Promise<string | undefined>} undefined if there is no file
 */
export async function identify(path) {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  return found && `${found.ino} ${found.ctimeNs}`
}

/**
 * Linux and macOS limit socket paths to about 100 bytes.
 * @param {string} file
 */
function shorten(file) {
  const short = relative(process.cwd(), file)
  const path = short.length < file.length ? short : file
  return Buffer.byteLength(path) < MAX_NAME_LENGTH ? path : fallbackPath(file)
}

/**
 * The socket's path in the system's temporary folder, for a file whose own folder can't hold a socket.
 * @param {string} file
 */
export function fallbackPath(file) {
  const name = createHash('sha256').update(`${process.getuid?.()} ${file}`).digest('hex').slice(0, 16)
  return join(tmpdir(), `trackstat-${name}.sock`)
}
