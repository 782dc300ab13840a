import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Runs before `npm start` and `npm test`, on whatever Node the machine has and with nothing installed:
 * brings node_modules in line with package-lock.json, and with `--browser` finds or fetches a Chromium.
 * Does nothing, and says nothing, when all is there.
 */
const LEAST_NODE = [20, 9]
const STAMP = 'node_modules/.installed'
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

requireNode()
installPackages()
if (process.argv.includes('--browser')) requireBrowser()

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return
  fail(
    `Node ${LEAST_NODE.join('.')} or later is needed; this is ${process.version}. Get one from https://nodejs.org`,
  )
}

function installPackages() {
  const wanted = fingerprint()
  if (readText(STAMP) === wanted) return
  if (!isInstalled()) {
    const began = Date.now()
    say('Installing packages; the first time takes about a minute …')
    if (npm(['ci']) !== undefined) {
      say('npm ci does not accept the lock file here; npm install takes its place.')
      const fault = npm(['install', '--no-save'])
      if (fault !== undefined)
        fail(`${fault}\nThe packages could not be installed; what npm said stands above.`)
    }
    say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  // Last, so that an install that was cut off is done again.
  writeFileSync(STAMP, wanted)
}

/** What the stamp must say: another lock file, or a folder carried to another kind of machine, needs another install. */
function fingerprint() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  return `${process.platform}-${process.arch} ${lock}`
}

/**
 * Whether node_modules is what the lock file says, by npm's own list in it, which npm writes when an
 * install is complete. So a plain `npm install` by hand is not repeated.
 */
function isInstalled() {
  const installed = readText('node_modules/.package-lock.json')
  if (!installed || !existsSync('node_modules/.bin/node')) return false
  // Carried over from another machine: its programs do not run here.
  if (readText(STAMP) && !readText(STAMP).startsWith(`${process.platform}-${process.arch} `)) return false
  const { packages: here } = JSON.parse(installed)
  const { packages: wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || (here[path] ? here[path].version === version : optional || devOptional || peer),
  )
}

/** Runs npm quietly. Answers what it said if it failed. */
function npm(args) {
  const all = [...args, '--include=dev', '--loglevel=error', '--no-audit', '--no-fund']
  const [command, prefix] = process.env.npm_execpath
    ? // The Node that runs npm now: ours in node_modules is about to be replaced.
      [process.env.npm_node_execpath ?? process.execPath, [process.env.npm_execpath]]
    : ['npm', []]
  const { status, stdout, stderr, error, signal } = spawnSync(command, [...prefix, ...all], {
    env: { ...process.env, PATH: outsidePath() },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (signal) process.exit(130)
  if (status === 0) {
    if (stderr.trim()) say(stderr.trim())
    return undefined
  }
  return `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim()
}

/** Without the folders of node_modules: their `node` is gone while npm works. */
function outsidePath() {
  const parts = (process.env.PATH ?? '').split(delimiter)
  return parts.filter((part) => !/node_modules[\\/]\.bin[\\/]?$/.test(part)).join(delimiter)
}

function requireBrowser() {
  if (process.env.CHROMIUM_PATH) {
    if (runs(process.env.CHROMIUM_PATH)) return
    fail(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not run. Correct it or leave it out.`)
  }
  if (findBrowser() || hasPlaywrights()) return
  const asRoot = process.getuid?.() === 0
  if (asRoot && onPath('apt-get')) {
    say('Installing Chromium for the tests …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    quietly('apt-get', ['update', '-qq'], env)
    quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], env)
    if (findBrowser()) return
  }
  say('Fetching Chromium for the tests …')
  quietly(process.execPath, [
    'node_modules/playwright/cli.js',
    'install',
    ...(asRoot ? ['--with-deps'] : []),
    'chromium',
  ])
  if (hasPlaywrights()) return
  const remedy = onPath('apt-get')
    ? 'sudo apt-get install chromium'
    : 'npx playwright install --with-deps chromium'
  fail(
    `The tests need Chromium, and it could not be fetched. Install it with: ${remedy}, or set CHROMIUM_PATH`,
  )
}

/** One that runs: Ubuntu has a script of that name that only asks for another package manager. */
function findBrowser() {
  return BROWSERS.some((name) => onPath(name) && runs(name))
}

function hasPlaywrights() {
  const ask = 'process.stdout.write(require("playwright").chromium.executablePath())'
  const { status, stdout } = spawnSync(process.execPath, ['-e', ask], { encoding: 'utf8' })
  return status === 0 && runs(stdout)
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function quietly(command, args, env = process.env) {
  spawnSync(command, args, { env, stdio: 'ignore', timeout: 10 * 60_000 })
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
