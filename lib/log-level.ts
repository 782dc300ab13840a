export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * The level to log at; `info` if the setting is missing, blank or unknown. `lib/config.ts` refuses an unknown one later,
 * and the log must work until then.
 */
export function parseLogLevel(setting: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === setting) ?? 'info'
}
