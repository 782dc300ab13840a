import { join, resolve } from 'node:path'
import { type Config, readConfig } from '#lib/config'
import { banner, shortPath } from '#lib/launcher/banner'
import { BUILT_WORKER, ensureBuilt } from '#lib/launcher/build'
import { announceReceiver, keepDatabase, migrateEmbedded, migrateWhenReachable } from '#lib/launcher/database'
import { RunRecord } from '#lib/launcher/earlier-run'
import { type Child, childEnvironment } from '#lib/launcher/environment'
import { explainEnd, waitHealthy } from '#lib/launcher/health'
import { keepInbox } from '#lib/launcher/inbox'
import { keepSecret } from '#lib/launcher/secret'
import { Shutdown } from '#lib/launcher/shutdown'
import { explainFault } from '#lib/postgres/fault'
import { makeDataDir } from '#lib/postgres/home'
import { type Kept, keepRunning } from '#lib/process/child'
import { HeldError, takeLock } from '#lib/process/lock'
import { anyFreePort, requirePort } from '#lib/process/ports'

/**
 * The launcher behind `npm start`: builds if needed, runs the database, the mail catcher, the site and
 * the worker, keeps them running, and ends them in order. With `--dev` nothing is built.
 */
const development = process.argv.includes('--dev')
const OTHER_ENDS_MS = 12_000
const GRACE_MS = 10_000

// For the children: compiled code is kept between starts, which takes a quarter off the time to ready.
process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/compiled')

const shutdown = new Shutdown()
const stopping = shutdown.wanted.signal
const say = (line: string) => console.log(`  ${line}`)

/** What the site and the worker are told and the banner shows. Addresses are functions: they may change. */
type Source = { url(): string; shown: string[] }

async function start(began: number): Promise<void> {
  const config = await resolvePort(readConfig())
  // With a database and a mail server of one's own nothing is kept here, and several instances may run.
  const keeps = !config.databaseUrl || !config.smtpUrl
  const record = keeps ? await takeDataDir(config) : undefined
  await requirePort(config, keeps ? 0 : OTHER_ENDS_MS)
  if (!development) await build()
  stopping.throwIfAborted()

  const processes: Kept[] = []
  const renewAll = () => {
    for (const kept of processes) kept.renew()
  }
  const [database, mail] = await bothOrNeither(
    startDatabase(config, renewAll),
    startMail(config, record, renewAll),
  )
  const secret = config.appSecret ?? (await inDataDir(config, () => keepSecret(config.dataDir)))
  stopping.throwIfAborted()

  const env = () =>
    environment(config, { DATABASE_URL: database.url(), SMTP_URL: mail.url(), APP_SECRET: secret })
  processes.push(...startProcesses(config, record, env))
  await waitHealthy(config, () => processes[0]?.falls() ?? 0, stopping)
  const shown = { site: config.appUrl, mail: mail.shown, data: database.shown, readyInMs: Date.now() - began }
  console.log(banner(shown))
}

/** Waits for both even if one fails: what is still starting could not be stopped in order. */
async function bothOrNeither<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return Promise.all([first, second])
}

/** Port 0 asks for any free one; the address of the site must then name the one it got. */
async function resolvePort(config: Config): Promise<Config> {
  const port = config.port || (await anyFreePort(config.host))
  return {
    ...config,
    port,
    appUrl: config.appUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`),
  }
}

/** Only one launcher works on a DATA_DIR: two would stop the database under each other. */
async function takeDataDir(config: Config): Promise<RunRecord> {
  const { dataDir, appUrl } = config
  const present = () => ({ pid: process.pid, address: appUrl, stopping: shutdown.isWanted() })
  const lock = await inDataDir(config, async () => {
    const folder = await makeDataDir(dataDir)
    return takeLock(join(folder, 'start.sock'), present, OTHER_ENDS_MS)
  })
  const record = new RunRecord(dataDir)
  await record.awaitLeftovers(() => say('The processes of an earlier run are ending …'))
  shutdown.onStop(async () => {
    record.clear()
    await lock.release()
  })
  return record
}

async function inDataDir<T>({ dataDir }: Config, work: () => Promise<T>): Promise<T> {
  return work().catch((error) => {
    throw error instanceof HeldError ? error : explainFault('DATA_DIR could not be used', dataDir, error)
  })
}

async function build(): Promise<void> {
  const onBuild = () => {
    const began = Date.now()
    say('Building the site; this takes about half a minute and is done once …')
    return () => say(`Built in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  await ensureBuilt(onBuild, (child) => {
    // The build has workers of its own: its whole group ends.
    const end = () => child.pid && process.kill(-child.pid, 'SIGTERM')
    stopping.addEventListener('abort', end)
    child.once('exit', () => stopping.removeEventListener('abort', end))
  })
}

async function startDatabase(config: Config, onMoved: () => void): Promise<Source> {
  if (config.databaseUrl) {
    const given = config.databaseUrl
    await migrateWhenReachable(given, (host) => say(`Waiting for the database at ${host} …`))
    await announceReceiver(given, config)
    const { host, pathname } = new URL(given)
    return { url: () => given, shown: [`PostgreSQL at ${host}${pathname}`] }
  }
  const kept = await keepDatabase(config.dataDir, onMoved)
  shutdown.onStop(kept.stop)
  const { url, dataDir, takenOver } = kept.server()
  if (takenOver) say('The database of an earlier run was still running; it is used on.')
  await migrateEmbedded(kept.server())
  await announceReceiver(url, config)
  const place = `PostgreSQL in ${shortPath(dataDir)}`
  // Root's clone in a closed folder: the database is not where one would look for it.
  const elsewhere = !dataDir.startsWith(config.dataDir)
  const why = elsewhere
    ? ["because PostgreSQL does not run as root, and its own user can't enter DATA_DIR"]
    : []
  return { url: () => kept.server().url, shown: [place, ...why] }
}

async function startMail(
  config: Config,
  record: RunRecord | undefined,
  onMoved: () => void,
): Promise<Source> {
  if (config.smtpUrl) {
    const given = config.smtpUrl
    return { url: () => given, shown: [`delivered through ${new URL(given).host}`] }
  }
  const folder = join(config.dataDir, 'mail')
  const inbox = await keepInbox(folder, (pid) => record?.note('mail', pid), onMoved)
  shutdown.onStop(() => inbox.kept.stop(GRACE_MS, shutdown.hurry.signal))
  const { webPort } = inbox.ports()
  return {
    url: () => `smtp://127.0.0.1:${inbox.ports().smtpPort}`,
    shown: [
      `http://localhost:${webPort}`,
      `every mail lands in this inbox, none leaves; kept in ${shortPath(folder)}`,
    ],
  }
}

/** What the site and the worker are told, so that nothing depends on what they would work out by themselves. */
function environment(config: Config, own: Record<string, string>) {
  return {
    ...process.env,
    NODE_ENV: development ? 'development' : 'production',
    PORT: String(config.port),
    HOST: config.host,
    APP_URL: config.appUrl,
    DATA_DIR: config.dataDir,
    ...own,
  }
}

function startProcesses(
  config: Config,
  record: RunRecord | undefined,
  env: () => ReturnType<typeof environment>,
): Kept[] {
  const keep = (name: Child, args: string[]) =>
    keepRunning({
      name,
      args,
      env: () => childEnvironment(name, env()),
      onSpawn: (pid) => record?.note(name, pid),
    })
  const processes = [keep('web', ['server/index.ts', ...(development ? ['--dev'] : [])])]
  if (config.worker)
    processes.push(keep('worker', development ? ['--import', 'tsx', 'lib/jobs/worker.ts'] : BUILT_WORKER))
  shutdown.onStop(() => Promise.all(processes.map((kept) => kept.stop(GRACE_MS, shutdown.hurry.signal))))
  return processes
}

const startup = start(Date.now())
shutdown.listen(startup)
startup.catch((error) => {
  if (stopping.aborted) return
  console.error(explainEnd(error))
  shutdown.run(startup, 1)
})
