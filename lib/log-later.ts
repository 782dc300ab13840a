/**
 * Loads the logger on first use, then logs one line. The launcher rarely logs, and so needs 8 MB less.
 * @param fields as for `log` (`lib/log.ts`)
 */
export async function logLater(level: 'warn' | 'error' | 'fatal', fields: object, message: string) {
  const { log } = await import('#lib/log')
  log[level](fields, message)
}
