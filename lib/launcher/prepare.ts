import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { type Config, readConfig } from '#lib/config'
import { hashSources, isBuiltFrom } from '#lib/launcher/build'
import { childEnvironment } from '#lib/launcher/environment'
import type { Cluster } from '#lib/postgres/control'
import { inDataDir, makeDataDir } from '#lib/postgres/home'
import { anyFreePort, StartError } from '#lib/process/ports'

/**
 * Everything that has to be done once before the service runs: settings, build, database, migrations. A process of its
 * own that ends when it is done, so that the launcher never loads what only this needs (about 200 MB).
 */

/** What the launcher needs before anything is changed. */
export type Settings = Pick<Config, 'host' | 'port' | 'appUrl' | 'dataDir'> & {
  /** Something is kept in `dataDir`: only one launcher may work on it. */
  keepsData: boolean
}

/** What the launcher runs. */
export type Prepared = {
  /** The embedded server, which runs already; undefined with a server of the operator's own. */
  cluster: Cluster | undefined
  /** Where the inbox keeps mail; undefined with a mail server of the operator's own. */
  inboxFolder: string | undefined
  web: NodeJS.ProcessEnv
  worker: NodeJS.ProcessEnv | undefined
  shown: { mail: string; data: string[] }
}

export type Report = { settings: Settings } | { prepared: Prepared }

const development = process.argv.includes('--dev')
const stop = new AbortController()
const say = (line: string) => console.log(`  ${line}`)

async function prepare(): Promise<void> {
  const config = await resolvePort(readConfig())
  const keepsData = !config.databaseUrl || !config.smtpUrl
  const { host, port, appUrl } = config
  const dataDir = keepsData ? await inDataDir(config.dataDir, makeDataDir) : config.dataDir
  await report({ settings: { host, port, appUrl, dataDir, keepsData } })
  // Loaded while the launcher takes the lock and looks at the port: the libraries of the database take a second.
  const services = import('#lib/launcher/prepare-services')
  await once(process, 'message', { signal: stop.signal })
  if (!development) await build(config)
  const { prepareServices } = await services
  await report({ prepared: await prepareServices(config, development, stop.signal) })
}

/** Port 0 asks for any free one; the address of the site must then name the one it got. */
async function resolvePort(config: Config): Promise<Config> {
  const port = config.port || (await anyFreePort(config.host))
  const appUrl = config.appUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`)
  return { ...config, port, appUrl }
}

/** Builds the site if its sources are not those of the last build; no setting is built in. */
async function build({ dataDir }: Config): Promise<void> {
  if (await isBuiltFrom(await hashSources(dataDir))) return
  const began = Date.now()
  say('Building the site; this takes about half a minute and is done once …')
  const child = spawn(process.execPath, ['server/build.ts', dataDir], {
    env: childEnvironment('build', process.env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // The build has workers of its own: its whole group ends.
  stop.signal.addEventListener('abort', () => child.pid && process.kill(-child.pid, 'SIGTERM'))
  const ended = new Promise((done, fail) => child.once('error', fail).once('close', done))
  const [output, faults, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  stop.signal.throwIfAborted()
  if (status !== 0) throw new StartError(`${output}${faults}\nThe build failed; what it said stands above.`)
  say(`Built in ${Math.round((Date.now() - began) / 1000)} s.`)
}

const report = (message: Report) =>
  new Promise<void>((done, fail) =>
    process.send?.(message, (error: Error | null) => (error ? fail(error) : done())),
  )

// The launcher stops it, or is gone: what is under way is finished, what was started is stopped.
process.once('SIGTERM', () => stop.abort()).once('disconnect', () => stop.abort())
prepare().then(
  () => process.exit(0),
  async (error) => {
    const { explainFailure } = await import('#lib/launcher/failure')
    if (!stop.signal.aborted) console.error(explainFailure(error))
    process.exit(1)
  },
)
