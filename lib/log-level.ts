/** In a file of its own, because `lib/config.ts` is also read by the launcher, which does not load the logger. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
