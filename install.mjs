import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * Runs before `npm start` and `npm test`, on whatever Node the machine has and with nothing installed:
 * brings node_modules in line with package-lock.json, and with `--browser` finds or fetches a Chromium.
 * Does nothing, and says nothing, when all is there.
 */
const LEAST_NODE = [20, 9]
const STAMP = 'node_modules/.installed'
const KIND = `${process.platform}-${process.arch}`
const OTHERS_INSTALL_MS = 10 * 60_000

requireNode()
if (readText(STAMP) !== fingerprint()) await installPackages()
if (process.argv.includes('--browser')) {
  const { requireBrowser } = await import('./e2e/stack/browser.mjs')
  const fault = requireBrowser(say)
  if (fault) fail(fault)
}
process.exit(0)

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return
  fail(
    `Node ${LEAST_NODE.join('.')} or later is needed; this is ${process.version}. Get it from https://nodejs.org`,
  )
}

/** What the stamp must say: another lock file, or a folder carried to another kind of machine, needs another install. */
function fingerprint() {
  return `${KIND} ${createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')}`
}

async function installPackages() {
  const lock = await takeLock()
  if (!isInstalled()) {
    const began = Date.now()
    say('Installing packages; the first time takes about a minute …')
    if (npm(['ci'], lock) !== undefined) {
      say('npm ci does not accept the lock file here; npm install takes its place.')
      // As npm ci does: npm install would take a half-unpacked package of a killed install for whole.
      rmSync('node_modules', { recursive: true, force: true })
      const fault = npm(['install', '--no-save'], lock)
      if (fault !== undefined)
        fail(`${fault}\nThe packages could not be installed; what npm said stands above.`)
    }
    say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  if (lock) rmSync(lock.path, { force: true })
  try {
    // Last, so that an install that was cut off is done again.
    writeFileSync(STAMP, fingerprint())
  } catch {
    // A read-only installation is complete all the same; it is only looked at more closely each time.
  }
}

/**
 * Whether node_modules is what the lock file says, by npm's own list in it, which npm writes when an
 * install is complete. So a plain `npm install` by hand is not repeated.
 */
function isInstalled() {
  const stamp = readText(STAMP)
  const installed = readText('node_modules/.package-lock.json')
  if (!installed || !existsSync('node_modules/.bin/node')) return false
  // Carried over from another kind of machine: its programs do not run here.
  if (stamp && !stamp.startsWith(`${KIND} `)) return false
  const { packages: here } = JSON.parse(installed)
  const { packages: wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || (here[path] ? here[path].version === version : optional || devOptional || peer),
  )
}

/** Runs npm quietly. Answers what it said if it failed. */
function npm(args, lock) {
  const all = [...args, '--include=dev', '--loglevel=error', '--no-audit', '--no-fund']
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env
  // The Node that runs npm now, where there is one: ours in node_modules is about to be replaced.
  const [command, ...first] = npmScript ? [npmNode || process.execPath, npmScript] : ['npm']
  const { status, stdout, stderr, error, signal } = spawnSync(command, [...first, ...all], {
    env: { ...process.env, PATH: outsidePath() },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe', lock?.fd ?? 'ignore'],
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (signal) process.exit(130)
  if (status === 0) return void (stderr.trim() && say(stderr.trim()))
  return `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim()
}

/** Without the folders of node_modules: their `node` is gone while npm works. */
function outsidePath() {
  const parts = (process.env.PATH ?? '').split(delimiter)
  return parts.filter((part) => !/node_modules[\\/]\.bin[\\/]?$/.test(part)).join(delimiter)
}

/**
 * Only one npm works on node_modules. The lock is a listening socket whose descriptor npm gets too: when
 * this process is killed with -9, its npm runs on, and the lock with it, until that has ended.
 * @returns undefined where the system has no such sockets
 */
async function takeLock() {
  const name = createHash('sha256')
    .update(`${process.getuid?.()} ${process.cwd()}`)
    .digest('hex')
    .slice(0, 16)
  const path = join(tmpdir(), `trackstat-install-${name}.sock`)
  for (let began = Date.now(), waited = 0; ; waited++) {
    const server = createServer()
    const code = await new Promise((done) => {
      server.once('error', (error) => done(error.code)).listen(path, () => done(undefined))
    })
    if (code === undefined) return { fd: server._handle?.fd, path }
    if (code !== 'EADDRINUSE') return undefined
    if (!(await isHeld(path))) rmSync(path, { force: true })
    else if (waited === 0) say('Another install is at work here; waiting for it …')
    if (Date.now() - began > OTHERS_INSTALL_MS)
      fail('Another install has been at work here for ten minutes. End it, then try again.')
    await new Promise((done) => setTimeout(done, 500))
  }
}

function isHeld(path) {
  return new Promise((done) => {
    const socket = connect(path, () => done(true))
    // A full queue is no sign of death: the holder never answers, it only listens.
    socket.once('error', ({ code }) => done(code !== 'ECONNREFUSED' && code !== 'ENOENT'))
    socket.unref()
  })
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function say(line) {
  console.log(`  ${line}`)
}

function fail(line) {
  console.error(line)
  process.exit(1)
}
