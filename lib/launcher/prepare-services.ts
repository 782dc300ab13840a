import { join } from 'node:path'
import type { Config } from '#lib/config'
import { shortPath } from '#lib/launcher/banner'
import { migrateEmbedded, migrateWhenReachable, storeReceiver } from '#lib/launcher/database'
import { childEnvironment } from '#lib/launcher/environment'
import type { Prepared } from '#lib/launcher/prepare'
import { warnOfLegalReview } from '#lib/legal-review'
import { warnOfOwnReplies } from '#lib/mail/audience'
import { inDataDir } from '#lib/postgres/cluster-location'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'
import { readOrCreateSecret } from '#lib/secret-file'

const say = (line: string) => console.log(`  ${line}`)

/**
 * Starts the embedded server, migrates, and prepares the environments of site and worker.
 * @param stopping stops what was started
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
    const secret =
      config.appSecret ??
      (await inDataDir(config.dataDir, (dataDir) => readOrCreateSecret(join(dataDir, 'secret'))))
    stopping.throwIfAborted()
    return planServices(config, server, secret, development ? 'development' : 'production')
  } catch (error) {
    await server?.stop()
    throw error
  }
}

async function prepareDatabase(config: Config, server: EmbeddedServer | undefined): Promise<void> {
  if (server?.takenOver) say('The database of an earlier run was still running, and is used again.')
  const databaseUrl = server?.url ?? config.databaseUrl ?? ''
  if (server) await migrateEmbedded(server)
  else await migrateWhenReachable(databaseUrl, (host) => say(`Waiting for the database at ${host} …`))
  await storeReceiver(databaseUrl, config)
}

/** The environments of site and worker contain every setting, so that they need not derive any. */
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
      notes: [warnOfOwnReplies(config), warnOfLegalReview(config)].filter((note) => note !== undefined),
    },
  }
}

function describeData(config: Config, server: EmbeddedServer | undefined): string[] {
  if (!server) {
    const { host, pathname } = new URL(config.databaseUrl ?? '')
    return [`PostgreSQL at ${host}${pathname}`]
  }
  const text = `PostgreSQL in ${shortPath(server.dataDir)}`
  // Root with a closed DATA_DIR: the data is elsewhere, so the banner explains it.
  if (server.dataDir.startsWith(config.dataDir)) return [text]
  return [text, "because PostgreSQL does not run as root, and its own user can't enter DATA_DIR"]
}
