import { ConfigError, readConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { findEmbedded } from '#lib/postgres/server'

/** A command's output and exit code: 0 done, 1 refused or not possible, 2 wrong usage. */
export type CommandResult = { code: 0 | 1 | 2; lines: string[] }
type Command = (db: Database, words: string[]) => Promise<CommandResult>

/** Runs an operator's command on the service's database, prints its output and exits. */
export async function runCommand(command: Command): Promise<never> {
  const { code, lines } = await onDatabase(command).catch((error): CommandResult => {
    const why = error instanceof ConfigError ? error.message : `The database did not do it: ${error.message}`
    return { code: 1, lines: [why] }
  })
  for (const line of lines) (code ? console.error : console.log)(line)
  process.exit(code)
}

async function onDatabase(command: Command): Promise<CommandResult> {
  const { databaseUrl, dataDir } = readConfig()
  const url = databaseUrl ?? (await findEmbedded(dataDir))
  if (!url)
    return { code: 1, lines: ['The database is not running. Start it with npm start, or set DATABASE_URL.'] }
  const db = openDatabase(url, 1)
  try {
    return await command(db, process.argv.slice(2))
  } finally {
    await db.$client.end()
  }
}
