import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A Chromium for the tests. Plain JavaScript, because install.mjs may run on a Node without TypeScript support. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FETCH_MS = 10 * 60_000

/**
 * Finds or downloads one: CHROMIUM_PATH, the system's, Playwright's own.
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
  const asRoot = process.getuid?.() === 0
  say('Fetching Chromium for the tests …')
  if (asRoot && onPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    quietly('apt-get', ['update', '-qq'], env)
    quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], env)
    if (systemHasOne()) return undefined
  }
  const withLibraries = asRoot ? ['--with-deps'] : []
  quietly(process.execPath, ['node_modules/playwright/cli.js', 'install', ...withLibraries, 'chromium'])
  if (playwrightHasOne()) return undefined
  const remedy = onPath('apt-get')
    ? 'sudo apt-get install chromium'
    : 'npx playwright install --with-deps chromium'
  return `The tests need Chromium, and it could not be fetched. Install it with: ${remedy} (or set CHROMIUM_PATH)`
}

/** Must run: Ubuntu's `chromium` may be a script that only asks to install a snap. */
function systemHasOne() {
  return BROWSERS.some((name) => onPath(name) && runs(name))
}

function playwrightHasOne() {
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
  spawnSync(command, args, { env, stdio: 'ignore', timeout: FETCH_MS })
}
