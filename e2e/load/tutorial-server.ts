import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../stack/free-port.ts'

const FOLDER = 'e2e/load/tutorial'
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')
const START_TIMEOUT_MS = 60_000

/**
 * Builds the tutorial's site and serves it with `next start`, as a tutorial says.
 * @param smtpUrl where its handler sends mail
 * @returns its origin, and a function that stops it
 */
export async function startTutorial(smtpUrl: string): Promise<{ url: string; stop: () => void }> {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    SMTP_URL: smtpUrl,
  } as const
  const built = spawnSync(process.execPath, [NEXT, 'build', FOLDER], { env, encoding: 'utf8' })
  if (built.status !== 0)
    throw new Error(`the tutorial's site was not built:\n${built.stdout}${built.stderr}`)
  const port = await freePort()
  const server = spawn(process.execPath, [NEXT, 'start', FOLDER, '-p', String(port), '-H', '127.0.0.1'], {
    env,
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  const stop = () => void server.kill('SIGKILL')
  for (const giveUp = Date.now() + START_TIMEOUT_MS; Date.now() < giveUp; await sleep(100))
    if (await fetch(url).catch(() => undefined)) return { url, stop }
  stop()
  throw new Error("the tutorial's site does not answer")
}
