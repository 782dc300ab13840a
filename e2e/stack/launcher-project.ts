import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A fake project for the launcher's tests: site, worker and build are a few lines each. Launcher, database, migrations
 * and inbox are real.
 */
const module = (file: string) => JSON.stringify(resolve(file))
const orphan = module('lib/process/parent.ts')

/** Fake site: responds with its pid and environment; on stop, shows that the database still runs. */
const SITE = `
import { createServer } from 'node:http'
import pg from 'pg'
import { exitWithParent } from ${orphan}
const { PORT, HOST, DATABASE_URL, APP_SECRET, NODE_ENV } = process.env
const server = createServer((_, response) => response.end(JSON.stringify({ pid: process.pid, DATABASE_URL, APP_SECRET, NODE_ENV })))
server.on('error', () => process.exit(1)).listen(Number(PORT), HOST)
const stop = async () => {
  const client = new pg.Client(DATABASE_URL)
  await client.connect()
  const { rows } = await client.query('select count(*)::int as n from leads')
  await client.end()
  console.log('site stopped, leads: ' + rows[0].n)
  process.exit(0)
}
process.on('SIGTERM', stop)
exitWithParent(stop)
`
const WORKER = `
import { exitWithParent } from ${orphan}
const timer = setInterval(() => {}, 1000)
const stop = () => { console.log('worker stopped'); process.exit(0) }
process.on('SIGTERM', stop)
exitWithParent(stop)
console.log('worker listens, sends through ' + process.env.SMTP_URL)
`
const BUILD = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { hashSources, writeStamp } from ${module('lib/launcher/build-stamp.ts')}
appendFileSync('builds', 'b')
mkdirSync('.next', { recursive: true })
writeFileSync('.next/site.mjs', ${JSON.stringify(SITE)})
writeFileSync('.next/worker.mjs', ${JSON.stringify(WORKER)})
writeFileSync('build-environment', JSON.stringify(process.env))
await writeStamp(await hashSources(process.argv[2]))
`

/** Creates the project and returns its folder. */
export function makeProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-start-'))
  // The database's system user needs access.
  chmodSync(folder, 0o711)
  for (const part of ['lib/db', 'server']) mkdirSync(join(folder, part), { recursive: true })
  for (const shared of ['node_modules', 'lib/db/migrations', 'lib/db/functions'])
    symlinkSync(resolve(shared), join(folder, shared))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'server/build.ts'), BUILD)
  return folder
}

export type Launch = {
  child: ChildProcess
  /** The output so far. */
  output(): string
  /** Waits for the banner. @throws with the output if the process ends or takes too long */
  ready(): Promise<void>
  /** Waits for the end and returns the exit code. */
  ended(): Promise<number | null>
}

/** Runs the launcher in the project; `behind`: as a child of a shell, like npm. */
export function launch(project: string, env: Record<string, string>, behind = false): Launch {
  const command = `"${process.execPath}" "${resolve('lib/launcher/start.ts')}"`
  const [program, args] = behind
    ? ['/bin/sh', ['-c', `${command}; exit $?`]]
    : [process.execPath, [resolve('lib/launcher/start.ts')]]
  // A file, not a pipe, because children of a killed launcher keep writing.
  const log = join(project, `log-${Math.random()}`)
  writeFileSync(log, '')
  const child = spawn(
    '/bin/sh',
    ['-c', 'log=$1; shift; exec "$@" >"$log" 2>&1', 'sh', log, program, ...args],
    {
      cwd: project,
      env: { PATH: process.env.PATH ?? '', ...env } as unknown as NodeJS.ProcessEnv,
      stdio: 'ignore',
    },
  )
  const output = () => readFileSync(log, 'utf8')
  const exit = once(child, 'exit')
  return {
    child,
    output,
    ended: async () => (await exit)[0],
    async ready() {
      for (const giveUp = Date.now() + 120_000; !output().includes('Ctrl-C'); await sleep(20))
        if (child.exitCode !== null || Date.now() > giveUp) throw new Error(`not ready:\n${output()}`)
    },
  }
}
