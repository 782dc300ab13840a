import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join, resolve } from 'node:path'
import { fallbackPath, takeLock } from './lib/process/lock.mjs'

/**
 * Runs before the npm scripts, with the machine's Node and nothing installed. Installs the packages in package-lock.json
 * that building and running need; with `--all` also those for tests and development, with `--browser` also Chromium, and with
 * `--engines` also Firefox and WebKitGTK.
 * Prints nothing if everything is installed.
 */
const MIN_NODE = [20, 9]
const STAMP = 'node_modules/.installed'
const PLATFORM = `${process.platform}-${process.arch}`
const INSTALL_TIMEOUT_MS = 10 * 60_000
const withEngines = process.argv.includes('--engines')
const withBrowser = withEngines || process.argv.includes('--browser')
// Once all packages are installed here, a new lock file must not reduce them at the next start.
const all = withBrowser || process.argv.includes('--all') || readText(STAMP).endsWith(' all')

requireNode()
if (![fingerprint(all), fingerprint(true)].includes(readText(STAMP))) await installPackages()
if (withBrowser) {
  const { requireBrowser, requireEngines } = await import('./e2e/stack/browser.mjs')
  const fault = requireBrowser(say) ?? (withEngines ? requireEngines(say) : undefined)
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

/** The stamp of a complete install. Another lock file, or a folder copied to another platform, needs a new install. */
function fingerprint(withAll) {
  const lockFile = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  return `${PLATFORM} ${lockFile} ${withAll ? 'all' : 'run'}`
}

async function installPackages() {
  const waiting = () => say('Another install is running here; waiting for it …')
  const holder = { pid: process.pid, address: '', stopping: true }
  const lock = await takeLock(
    fallbackPath(resolve('node_modules')),
    () => holder,
    INSTALL_TIMEOUT_MS,
    waiting,
  ).catch(({ name }) => {
    if (name === 'HeldError')
      fail('Another install has been running here for ten minutes. End it, then try again.')
    // A system without Unix sockets: npm runs without a lock.
  })
  if (!isInstalled()) {
    const began = Date.now()
    say('Installing packages; the first time takes about a minute …')
    if (npm(['ci'], lock) !== undefined) {
      say('npm ci does not accept the lock file here; running npm install instead.')
      // As npm ci does, because npm install would keep half-unpacked packages of a killed install.
      rmSync('node_modules', { recursive: true, force: true })
      const fault = npm(['install', '--no-save'], lock)
      if (fault !== undefined) fail(`${fault}\nThe packages could not be installed; npm's output is above.`)
    }
    if (!all) removeUnread()
    say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  await lock?.release()
  try {
    // Written last, so that an interrupted install is repeated.
    writeFileSync(STAMP, fingerprint(all))
  } catch {
    // A read-only installation is checked by `isInstalled` each time.
  }
}

/**
 * Removes files that neither building nor running reads, more than a third of the size: source maps, declarations, manuals,
 * C headers and libraries, TypeScript's compiler (Next only checks that `typescript` exists), the library of Next's image
 * optimizer, which we don't use, and development packages that npm keeps as optional peers (Playwright, of Next).
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
      /\.(map|md|a|d\.[cm]?ts)$/i.test(name) &&
      !/^(licen[sc]e|notice)/i.test(name) &&
      !path.includes('@types')
    if (isHeaders || isUnread) rmSync(join(path, name), { recursive: true, force: true })
  }
}

/**
 * Whether node_modules matches the lock file, by the list in it that npm writes when an install is complete. So a manual
 * `npm install` is not repeated.
 */
function isInstalled() {
  const stamp = readText(STAMP)
  const installed = readText('node_modules/.package-lock.json')
  if (!installed || !existsSync('node_modules/.bin/node')) return false
  // Copied from another platform: its programs do not run here.
  if (stamp && !stamp.startsWith(`${PLATFORM} `)) return false
  // Only a part was installed; a manual npm install after that does not restore the files of `removeUnread`.
  if (all && stamp.endsWith(' run')) return false
  const { packages: here } = JSON.parse(installed)
  const { packages: wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.entries(wanted).every(
    ([path, { version, dev, optional, devOptional, peer }]) =>
      path === '' ||
      (here[path] ? here[path].version === version : optional || devOptional || peer || (dev && !all)),
  )
}

/** Runs npm quietly. Returns its output if it failed. */
function npm(args, lock) {
  const options = [
    ...args,
    all ? '--include=dev' : '--omit=dev',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
  ]
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env
  // Uses the Node that runs npm, because the one in node_modules is about to be replaced.
  const [command, ...first] = npmScript ? [npmNode || process.execPath, npmScript] : ['npm']
  const { status, stdout, stderr, error, signal } = spawnSync(command, [...first, ...options], {
    env: { ...process.env, PATH: outsidePath() },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe', lock?.fd ?? 'ignore'],
  })
  if (signal) process.exit(130)
  if (status === 0) return void (stderr.trim() && say(stderr.trim()))
  return `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim()
}

/** PATH without the folders of node_modules, because their `node` is gone while npm runs. */
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
