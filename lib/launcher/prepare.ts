import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import getPort from 'get-port'
import { type Config, readConfig } from '#lib/config'
import { hashSources, isBuiltFrom } from '#lib/launcher/build-stamp'
import { childEnvironment } from '#lib/launcher/environment'
import { explainError, OperatorError } from '#lib/operator-error'
import { inDataDir, makeDataDir } from '#lib/postgres/cluster-location'
import type { Cluster } from '#lib/postgres/control'

/**
 * Prepares what the service needs: settings, build, database, migrations. A separate process that ends when it is done,
 * so that the launcher never loads what only this needs (about 200 MB).
 */

/** What the launcher needs before anything is changed. */
export type Settings = Pick<Config, 'host' | 'port' | 'appUrl' | 'dataDir'> & {
  /** Whether `dataDir` is used: then only one launcher may work on it. */
  usesDataDir: boolean
}

/** What the launcher runs. */
export type Prepared = {
  /** The embedded server, which already runs; undefined with DATABASE_URL. */
  cluster: Cluster | undefined
  /** Where the inbox keeps mail; undefined with SMTP_URL. */
  inboxFolder: string | undefined
  web: NodeJS.ProcessEnv
  worker: NodeJS.ProcessEnv | undefined
  /** Text for the banner. */
  shown: { mail: string; data: string[]; notes: string[] }
}

export type Report = { settings: Settings } | { prepared: Prepared }

const development = process.argv.includes('--dev')
const stop = new AbortController()
const say = (line: string) => console.log(`  ${line}`)

async function prepare(): Promise<void> {
  const config = await resolvePort(readConfig())
  const usesDataDir = !config.databaseUrl || !config.smtpUrl
  const { host, port, appUrl } = config
  const dataDir = usesDataDir ? await inDataDir(config.dataDir, makeDataDir) : config.dataDir
  await report({ settings: { host, port, appUrl, dataDir, usesDataDir } })
  // Loaded while the launcher takes the lock and checks the port: the database's libraries take a second.
  const services = import('#lib/launcher/prepare-services')
  await once(process, 'message', { signal: stop.signal })
  if (!development) await build(config)
  const { prepareServices } = await services
  await report({ prepared: await prepareServices(config, development, stop.signal) })
}

/** Replaces port 0 by a free port, also in the site's address. */
async function resolvePort(config: Config): Promise<Config> {
  const port = config.port || (await getPort({ host: config.host }))
  const appUrl = config.appUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`)
  return { ...config, port, appUrl }
}

/** Builds the site if its sources have changed since the last build. Settings do not matter: none is built in. */
async function build({ dataDir }: Config): Promise<void> {
  if (await isBuiltFrom(await hashSources(dataDir))) return
  stop.signal.throwIfAborted()
  const began = Date.now()
  say('Building the site; this takes about half a minute and is done once …')
  const child = spawn(process.execPath, ['server/build.ts', dataDir], {
    env: childEnvironment('build', process.env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const endBuild = () => endGroup(child)
  stop.signal.addEventListener('abort', endBuild)
  const ended = new Promise((done, fail) => child.once('error', fail).once('close', done))
  const [output, faults, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  stop.signal.removeEventListener('abort', endBuild)
  stop.signal.throwIfAborted()
  if (status !== 0) throw new OperatorError(`${output}${faults}\nThe build failed; its output is above.`)
  say(`Built in ${Math.round((Date.now() - began) / 1000)} s.`)
}

/** Ends the whole process group, because the build starts worker processes. */
function endGroup({ pid }: ChildProcess): void {
  if (!pid) return
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    // It has just ended.
  }
}

const report = (message: Report) =>
  new Promise<void>((done, fail) =>
    process.send?.(message, (error: Error | null) => (error ? fail(error) : done())),
  )

// The launcher stops this process, or is gone.
process.once('SIGTERM', () => stop.abort()).once('disconnect', () => stop.abort())
prepare().then(
  () => process.exit(0),
  (error) => {
    if (!stop.signal.aborted) console.error(explainError(error))
    process.exit(1)
  },
)
