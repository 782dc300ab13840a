import { join } from 'node:path'
import { banner, shortPath } from '#lib/launcher/banner'
import { BUILT_WORKER, SITE, SOURCE_WORKER } from '#lib/launcher/commands'
import { RunRecord } from '#lib/launcher/earlier-run'
import { waitHealthy } from '#lib/launcher/health'
import { type KeptDatabase, keepDatabase } from '#lib/launcher/keep-database'
import { Preparation, PreparationFailed } from '#lib/launcher/preparation'
import type { Prepared, Settings } from '#lib/launcher/prepare'
import { Shutdown } from '#lib/launcher/shutdown'
import { type Inbox, openInbox } from '#lib/mail/inbox/inbox'
import { type Kept, keepRunning } from '#lib/process/child'
import { HeldError, takeLock } from '#lib/process/lock'
import { requirePort, StartError } from '#lib/process/ports'

/**
 * The launcher behind `npm start`: has everything prepared (`prepare.ts`), then keeps the database, the inbox, the site
 * and the worker running, and ends them in order. With `--dev` nothing is built. It stays small: it loads neither
 * the settings' schema nor a database driver.
 */
const development = process.argv.includes('--dev')
const OTHER_ENDS_MS = 12_000
const GRACE_MS = 10_000
const WORKER = development ? SOURCE_WORKER : BUILT_WORKER

const shutdown = new Shutdown()
const stopping = shutdown.wanted.signal
const say = (line: string) => console.log(`  ${line}`)

async function start(began: number): Promise<void> {
  const preparation = new Preparation(development)
  stopping.addEventListener('abort', () => preparation.stop())
  const settings = await preparation.settings
  const record = settings.keepsData ? await takeDataDir(settings) : undefined
  // Before the lock is released: it may have started the database.
  shutdown.onStop(() => preparation.stop())
  record?.note(preparation.pid)
  await requirePort(settings, record ? 0 : OTHER_ENDS_MS)
  const prepared = await preparation.proceed()
  const inbox = await startServices(settings, prepared, record)
  const { mail, data } = prepared.shown
  const shown = { site: settings.appUrl, mail: inbox ? describeInbox(inbox) : [mail], data }
  console.log(banner({ ...shown, readyInMs: Date.now() - began }))
}

/** Only one launcher works on a DATA_DIR: two would stop the database under each other. */
async function takeDataDir({ dataDir, appUrl }: Settings): Promise<RunRecord> {
  const present = () => ({ pid: process.pid, address: appUrl, stopping: shutdown.isWanted() })
  const lock = await takeLock(join(dataDir, 'start.sock'), present, OTHER_ENDS_MS)
  const record = new RunRecord(dataDir)
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
  record: RunRecord | undefined,
): Promise<Inbox | undefined> {
  const processes: Kept[] = []
  const renewAll = () => {
    for (const kept of processes) kept.renew()
  }
  const database = prepared.cluster && keepDatabase(prepared.cluster, renewAll)
  if (database) shutdown.onStop(database.stop)
  const inbox = prepared.inboxFolder ? await openInbox(prepared.inboxFolder) : undefined
  if (inbox) shutdown.onStop(inbox.close)
  stopping.throwIfAborted()

  const keep = (name: string, args: string[], environment: NodeJS.ProcessEnv) =>
    keepRunning({
      name,
      args,
      env: () => withAddresses(environment, database, inbox),
      onSpawn: (pid) => record?.note(pid),
    })
  processes.push(keep('web', [...SITE, ...(development ? ['--dev'] : [])], prepared.web))
  shutdown.onStop(() => Promise.all(processes.map((kept) => kept.stop(GRACE_MS, shutdown.hurry.signal))))
  await waitHealthy(settings, () => processes[0]?.falls() ?? 0, stopping)
  // Only now, so that its loading does not make the site wait for the processor.
  if (prepared.worker) processes.push(keep('worker', WORKER, prepared.worker))
  return inbox
}

/** The addresses that may have changed since everything was prepared. A process without SMTP_URL is not given it. */
function withAddresses(
  environment: NodeJS.ProcessEnv,
  database: KeptDatabase | undefined,
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
  const kept = shortPath(inbox.folder)
  return [inbox.webUrl, `every mail lands in this inbox, none leaves; kept in ${kept}`]
}

function explainFailure(error: unknown): string {
  if (error instanceof HeldError) {
    const { pid, address } = error.holder
    if (!pid) return 'Another npm start holds DATA_DIR and does not answer. End it, then start again.'
    return `TrackStat runs already: ${address} (process ${pid}). Stop that one first, or set PORT and DATA_DIR for a second one.`
  }
  if (error instanceof StartError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const startup = start(Date.now())
shutdown.listen(startup)
startup.catch((error) => {
  if (stopping.aborted) return
  // A preparation that failed has said why.
  if (!(error instanceof PreparationFailed)) console.error(explainFailure(error))
  shutdown.run(startup, 1)
})
