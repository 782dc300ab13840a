import { join } from 'node:path'
import type { Config } from '#lib/config'
import { shortPath } from '#lib/launcher/banner'
import { announceReceiver, migrateEmbedded, migrateWhenReachable } from '#lib/launcher/database'
import { childEnvironment } from '#lib/launcher/environment'
import type { Prepared } from '#lib/launcher/prepare'
import { keepSecret } from '#lib/launcher/secret'
import { inDataDir } from '#lib/postgres/home'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'

const say = (line: string) => console.log(`  ${line}`)

/**
 * Starts the embedded server and migrates, and works out what the site and the worker are given.
 * @param stopping what was started is stopped then
 */
export async function prepareServices(
  config: Config,
  development: boolean,
  stopping: AbortSignal,
): Promise<Prepared> {
  stopping.throwIfAborted()
  const server = config.databaseUrl ? undefined : await startEmbedded(config.dataDir)
  try {
    await prepareDatabase(config, server)
    const secret = config.appSecret ?? (await inDataDir(config.dataDir, keepSecret))
    stopping.throwIfAborted()
    return planServices(config, server, secret, development ? 'development' : 'production')
  } catch (error) {
    await server?.stop()
    throw error
  }
}

async function prepareDatabase(config: Config, server: EmbeddedServer | undefined): Promise<void> {
  if (server?.takenOver) say('The database of an earlier run was still running; it is used on.')
  const databaseUrl = server?.url ?? config.databaseUrl ?? ''
  if (server) await migrateEmbedded(server)
  else await migrateWhenReachable(databaseUrl, (host) => say(`Waiting for the database at ${host} …`))
  await announceReceiver(databaseUrl, config)
}

/** What the site and the worker are told, so that nothing depends on what they would work out by themselves. */
function planServices(
  config: Config,
  server: EmbeddedServer | undefined,
  secret: string,
  mode: string,
): Prepared {
  const environment = {
    ...process.env,
    NODE_ENV: mode,
    PORT: String(config.port),
    HOST: config.host,
    APP_URL: config.appUrl,
    DATA_DIR: config.dataDir,
    DATABASE_URL: server?.url ?? config.databaseUrl,
    APP_SECRET: secret,
  }
  return {
    cluster: server?.cluster,
    inboxFolder: config.smtpUrl ? undefined : join(config.dataDir, 'mail'),
    web: childEnvironment('web', environment),
    worker: config.worker ? childEnvironment('worker', environment) : undefined,
    shown: {
      mail: config.smtpUrl ? `delivered through ${new URL(config.smtpUrl).host}` : '',
      data: describeData(config, server),
    },
  }
}

function describeData(config: Config, server: EmbeddedServer | undefined): string[] {
  if (!server) {
    const { host, pathname } = new URL(config.databaseUrl ?? '')
    return [`PostgreSQL at ${host}${pathname}`]
  }
  const place = `PostgreSQL in ${shortPath(server.dataDir)}`
  // Root's clone in a closed folder: the database is not where one would look for it.
  if (server.dataDir.startsWith(config.dataDir)) return [place]
  return [place, "because PostgreSQL does not run as root, and its own user can't enter DATA_DIR"]
}
