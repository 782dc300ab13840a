import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The browsers of the tests. Plain JavaScript, because install.mjs may run on a Node without TypeScript support. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FETCH_MS = 10 * 60_000

/** The folders of WebKitGTK's test browser: Debian's, by processor, and Fedora's. */
export const MINI_BROWSER = ['lib/x86_64-linux-gnu', 'lib/aarch64-linux-gnu', 'libexec', 'lib'].flatMap(
  (folder) => ['4.1', '4.0'].map((version) => `/usr/${folder}/webkit2gtk-${version}/MiniBrowser`),
)
export const FIREFOX = ['firefox-esr', 'firefox']

/** Debian's packages for the tests in other engines, and whether each is there. */
const PACKAGES = {
  'firefox-esr': () => FIREFOX.some(findProgram),
  'webkit2gtk-driver': () => findProgram('WebKitWebDriver') && MINI_BROWSER.some((file) => existsSync(file)),
  xvfb: () => findProgram('Xvfb'),
}

/**
 * Finds or installs Firefox and WebKitGTK. The tests in these run on Linux only: elsewhere there is no WebKitGTK.
 * @param say prints progress
 * @returns undefined, or one line that names what is missing and how to install it
 */
export function requireEngines(say) {
  if (process.platform !== 'linux') return undefined
  const findMissing = () => Object.keys(PACKAGES).filter((name) => !PACKAGES[name]())
  if (findMissing().length === 0) return undefined
  if (mayInstall()) {
    say(`Installing ${findMissing().join(', ')} for the tests …`)
    install(findMissing())
  }
  const missing = findMissing()
  if (missing.length === 0) return undefined
  return `The tests also run in Firefox and WebKitGTK. Missing: ${missing.join(', ')}. Install with: sudo apt-get install ${missing.join(' ')}`
}

/**
 * Finds or downloads a Chromium: CHROMIUM_PATH, the system's, Playwright's own.
 * @param say prints progress
 * @returns undefined, or one line that says what is missing and how to install it
 */
export function requireBrowser(say) {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH)
    return runs(CHROMIUM_PATH)
      ? undefined
      : `CHROMIUM_PATH is ${CHROMIUM_PATH}, which does not run. Correct it or leave it out.`
  if (systemHasOne() || playwrightHasOne()) return undefined
  say('Fetching Chromium for the tests …')
  if (mayInstall()) {
    install(['chromium'])
    if (systemHasOne()) return undefined
  }
  const withLibraries = isRoot() ? ['--with-deps'] : []
  quietly(process.execPath, ['node_modules/playwright/cli.js', 'install', ...withLibraries, 'chromium'])
  if (playwrightHasOne()) return undefined
  const remedy = findProgram('apt-get')
    ? 'sudo apt-get install chromium'
    : 'npx playwright install --with-deps chromium'
  return `The tests need Chromium, and it could not be fetched. Install it with: ${remedy} (or set CHROMIUM_PATH)`
}

/** Must run: Ubuntu's `chromium` may be a script that only asks to install a snap. */
function systemHasOne() {
  return BROWSERS.some((name) => findProgram(name) && runs(name))
}

function playwrightHasOne() {
  const ask = 'process.stdout.write(require("playwright").chromium.executablePath())'
  const { status, stdout } = spawnSync(process.execPath, ['-e', ask], { encoding: 'utf8' })
  return status === 0 && runs(stdout)
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

const isRoot = () => process.getuid?.() === 0
const mayInstall = () => isRoot() && findProgram('apt-get') !== undefined

/** @param packages names of Debian's packages */
function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  quietly('apt-get', ['update', '-qq'], env)
  quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)
}

/** The file of a program on the PATH. */
export function findProgram(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function quietly(command, args, env = process.env) {
  spawnSync(command, args, { env, stdio: 'ignore', timeout: FETCH_MS })
}
