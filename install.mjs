import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join, resolve } from 'node:path'
import { fallbackPath, takeLock } from './lib/process/lock.mjs'

/**
 * Runs before the npm scripts, on whatever Node the machine has and with nothing installed: brings
 * node_modules in line with package-lock.json. Installs what building and running need; with `--all` also what
 * tests and development need, and with `--browser` a Chromium besides. Says nothing when all is there.
 */
const MIN_NODE = [20, 9]
const STAMP = 'node_modules/.installed'
const KIND = `${process.platform}-${process.arch}`
const INSTALL_TIMEOUT_MS = 10 * 60_000
const withBrowser = process.argv.includes('--browser')
// Whoever has tested here goes on testing: a new lock file must not take that away at the next start.
const all = withBrowser || process.argv.includes('--all') || readText(STAMP).endsWith(' all')

requireNode()
if (![fingerprint(all), fingerprint(true)].includes(readText(STAMP))) await installPackages()
if (withBrowser) {
  const { requireBrowser } = await import('./e2e/stack/browser.mjs')
  const fault = requireBrowser(say)
  if (fault) fail(fault)
}
process.exit(0)

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [minMajor, minMinor] = MIN_NODE
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return
  fail(
    `Node ${MIN_NODE.join('.')} or later is needed; this is ${process.version}. Get it from https://nodejs.org`,
  )
}

/** What the stamp must say: another lock file, or a folder carried to another kind of machine, needs another install. */
function fingerprint(whole) {
  const lockFile = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  return `${KIND} ${lockFile} ${whole ? 'all' : 'run'}`
}

async function installPackages() {
  const waiting = () => say('Another install is at work here; waiting for it …')
  const holder = { pid: process.pid, address: '', stopping: true }
  const lock = await takeLock(
    fallbackPath(resolve('node_modules')),
    () => holder,
    INSTALL_TIMEOUT_MS,
    waiting,
  ).catch(({ name }) => {
    if (name === 'HeldError')
      fail('Another install has been at work here for ten minutes. End it, then try again.')
    // This system has no such sockets: npm goes on without a lock.
  })
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
    if (!all) removeUnread()
    say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  await lock?.release()
  try {
    // Last, so that an install that was cut off is done again.
    writeFileSync(STAMP, fingerprint(all))
  } catch {
    // A read-only installation is complete all the same; it is only looked at more closely each time.
  }
}

/**
 * Removes what nothing reads when the service is built or runs, more than a third of the size: source maps,
 * declarations, manuals, C headers and libraries, TypeScript's compiler (Next only looks whether `typescript` is there),
 * the image library of Next's optimizer, which we don't use, and packages that npm keeps because another one could use
 * them (Next could use Playwright).
 */
function removeUnread() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const ofTests = Object.keys(packages).filter((path) => packages[path].devOptional)
  const natives = Object.keys(packages).filter((path) => /^node_modules\/@(typescript|img)\//.test(path))
  for (const path of [...ofTests, ...natives]) rmSync(path, { recursive: true, force: true })
  for (const { name, parentPath, path = parentPath } of readdirSync('node_modules', {
    recursive: true,
    withFileTypes: true,
  })) {
    const isHeaders = name === 'include' && basename(path).startsWith('node-')
    const isUnread =
      /^(?!licen[sc]e|notice).*\.(map|md|a|d\.[cm]?ts)$/i.test(name) && !path.includes('@types')
    if (isHeaders || isUnread) rmSync(join(path, name), { recursive: true, force: true })
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
  // Cut to what runs; a plain npm install after that adds packages, but not the files that were removed.
  if (all && stamp.endsWith(' run')) return false
  const { packages: here } = JSON.parse(installed)
  const { packages: wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.entries(wanted).every(
    ([path, { version, dev, optional, devOptional, peer }]) =>
      path === '' ||
      (here[path] ? here[path].version === version : optional || devOptional || peer || (dev && !all)),
  )
}

/** Runs npm quietly. Answers what it said if it failed. */
function npm(args, lock) {
  const words = [...args, all ? '--include=dev' : '--omit=dev', '--loglevel=error', '--no-audit', '--no-fund']
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env
  // The Node that runs npm now, where there is one: ours in node_modules is about to be replaced.
  const [command, ...first] = npmScript ? [npmNode || process.execPath, npmScript] : ['npm']
  const { status, stdout, stderr, error, signal } = spawnSync(command, [...first, ...words], {
    env: { ...process.env, PATH: outsidePath() },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe', lock?.fd ?? 'ignore'],
  })
  if (signal) process.exit(130)
  if (status === 0) return void (stderr.trim() && say(stderr.trim()))
  return `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim()
}

/** Without the folders of node_modules: their `node` is gone while npm works. */
function outsidePath() {
  const parts = (process.env.PATH ?? '').split(delimiter)
  return parts.filter((part) => !/node_modules\/\.bin\/?$/.test(part)).join(delimiter)
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
