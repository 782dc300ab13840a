/**
 * Logs one line without having loaded the logger before: the launcher, which rarely has anything to say, stays 8 MB
 * smaller.
 * @param fields as for `log` (`lib/log.ts`)
 */
export async function logLater(
  level: 'warn' | 'error' | 'fatal',
  fields: object,
  message: string,
): Promise<void> {
  const { log } = await import('#lib/log')
  log[level](fields, message)
}
