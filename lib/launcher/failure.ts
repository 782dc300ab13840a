import { ConfigError } from '#lib/config'
import { DatabaseTooOld } from '#lib/db/migrate'
import { EmbeddedError } from '#lib/postgres/fault'
import { StartError } from '#lib/process/ports'

/** What to tell the person whose start failed: a known failure in its own words, a fault of ours in full. */
export function explainFailure(error: unknown): string {
  const isKnown = [ConfigError, EmbeddedError, DatabaseTooOld, StartError].some(
    (type) => error instanceof type,
  )
  if (isKnown) return (error as Error).message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
