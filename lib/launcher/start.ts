import { join } from 'node:path'
import { banner, shortPath } from '#lib/launcher/banner'
import { BUILT, SOURCE } from '#lib/launcher/commands'
import { Preparation, PreparationFailed } from '#lib/launcher/preparation'
import type { Prepared, Settings } from '#lib/launcher/prepare'
import { ProcessRecord } from '#lib/launcher/process-record'
import { restartWithCache } from '#lib/launcher/restart-with-cache'
import { Shutdown } from '#lib/launcher/shutdown'
import { type SupervisedDatabase, superviseDatabase } from '#lib/launcher/supervise-database'
import { waitHealthy } from '#lib/launcher/wait-healthy'
import type { Inbox } from '#lib/mail/inbox/inbox'
import { explainError, OperatorError } from '#lib/operator-error'
import { HeldError, takeLock } from '#lib/process/lock'
import { requirePort } from '#lib/process/ports'
import { type Supervised, supervise } from '#lib/process/supervise'

/**
 * The launcher behind `npm start`: runs `prepare.ts`, then supervises the database, the inbox, the site and the worker,
 * and stops them in order. With `--dev` nothing is built. It loads neither the settings' schema nor a database driver,
 * to use little memory.
 */
const development = process.argv.includes('--dev')
const OTHER_END_TIMEOUT_MS = 12_000
const STOP_TIMEOUT_MS = 10_000
const commands = development ? SOURCE : BUILT

const shutdown = new Shutdown()
const stopping = shutdown.requested.signal
/** Loaded only if it is used: with SMTP_URL the launcher needs 12 MB less. */
const loadInbox = () => import('#lib/mail/inbox/inbox')
const say = (line: string) => console.log(`  ${line}`)

async function start(began: number): Promise<void> {
  const preparation = new Preparation(development)
  stopping.addEventListener('abort', () => preparation.stop())
  const settings = await preparation.settings
  const record = settings.usesDataDir ? await takeDataDir(settings) : undefined
  // Runs before the lock is released, because the preparation may have started the database.
  shutdown.onStop(() => preparation.stop())
  record?.add(preparation.pid)
  await requirePort(settings, record ? 0 : OTHER_END_TIMEOUT_MS)
  const prepared = await preparation.proceed()
  const inbox = await startServices(settings, prepared, record)
  const { mail, data } = prepared.shown
  const shown = { site: settings.appUrl, mail: inbox ? describeInbox(inbox) : [mail], data }
  console.log(banner({ ...shown, readyInMs: Date.now() - began }))
}

/** Takes the lock of DATA_DIR: two launchers on one would stop each other's database. */
async function takeDataDir({ dataDir, appUrl }: Settings): Promise<ProcessRecord> {
  const getHolder = () => ({ pid: process.pid, address: appUrl, stopping: shutdown.isRequested() })
  const lock = await takeLock(join(dataDir, 'start.sock'), getHolder, OTHER_END_TIMEOUT_MS).catch(
    refuseSecond,
  )
  const record = new ProcessRecord(dataDir)
  await record.endLeftovers(() => say('The processes of an earlier run are ending …'))
  shutdown.onStop(async () => {
    record.clear()
    await lock.release()
  })
  return record
}

/** Starts the inbox, the site and the worker; resolves when the site answers. */
async function startServices(
  settings: Settings,
  prepared: Prepared,
  record: ProcessRecord | undefined,
): Promise<Inbox | undefined> {
  const processes: Supervised[] = []
  const restartAll = () => {
    for (const supervised of processes) supervised.restart()
  }
  const database = prepared.cluster && superviseDatabase(prepared.cluster, restartAll)
  if (database) shutdown.onStop(database.stop)
  const inbox = prepared.inboxFolder ? await (await loadInbox()).openInbox(prepared.inboxFolder) : undefined
  if (inbox) shutdown.onStop(inbox.close)
  stopping.throwIfAborted()

  const keep = (name: string, args: string[], environment: NodeJS.ProcessEnv) =>
    supervise({
      name,
      args,
      env: () => withAddresses(environment, database, inbox),
      onSpawn: (pid) => record?.add(pid),
    })
  processes.push(keep('web', commands.site, prepared.web))
  shutdown.onStop(() =>
    Promise.all(processes.map((supervised) => supervised.stop(STOP_TIMEOUT_MS, shutdown.killNow.signal))),
  )
  await waitHealthy(settings, () => processes[0]?.crashes() ?? 0, stopping)
  // Only now, so that the site does not compete with it for the CPU while starting.
  if (prepared.worker) processes.push(keep('worker', commands.worker, prepared.worker))
  return inbox
}

/** Adds addresses that may have changed since the preparation. Only the worker gets SMTP_URL. */
function withAddresses(
  environment: NodeJS.ProcessEnv,
  database: SupervisedDatabase | undefined,
  inbox: Inbox | undefined,
): NodeJS.ProcessEnv {
  const current = { ...environment }
  if (database) {
    const url = new URL(environment.DATABASE_URL ?? '')
    url.port = String(database.port())
    current.DATABASE_URL = url.href
  }
  if (inbox && environment.TRACKSTAT_PROCESS === 'worker') current.SMTP_URL = inbox.smtpUrl
  return current
}

function describeInbox(inbox: Inbox): string[] {
  const folder = shortPath(inbox.folder)
  return [inbox.webUrl, `every mail lands in this inbox, none leaves; kept in ${folder}`]
}

function refuseSecond(error: unknown): never {
  if (!(error instanceof HeldError)) throw error
  const { pid, address } = error.holder
  throw new OperatorError(
    pid
      ? `TrackStat runs already: ${address} (process ${pid}). Stop that one first, or set PORT and DATA_DIR for a second one.`
      : 'Another npm start holds DATA_DIR and does not answer. End it, then start again.',
  )
}

await restartWithCache(loadInbox)
const startup = start(Date.now())
shutdown.listen(startup)
startup.catch((error) => {
  if (stopping.aborted) return
  // A failed preparation has printed its own error.
  if (!(error instanceof PreparationFailed)) console.error(explainError(error))
  shutdown.run(startup, 1)
})
