export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * The level to log at; `info` where the setting is missing, blank or unknown. An unknown one is refused with the other
 * settings (`lib/config.ts`), and until then the log must be able to say so.
 */
export function parseLogLevel(setting: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === setting) ?? 'info'
}
