import { pino } from 'pino'
import { readEnvFile } from '#lib/env-file'
import { describeError } from '#lib/log-error'
import { LOG_LEVELS } from '#lib/log-level'

// LOG_LEVEL in the .env file must apply from the first line on, whichever module is loaded first.
readEnvFile()

/**
 * JSON log lines on standard output. pino escapes line breaks and control characters, so that no text can forge a line.
 * Never log a visitor's text: pass errors as `err`, and addresses through `maskEmail`.
 */
export const log = pino({
  // `lib/config.ts` refuses an unknown level later, and the log must work until then.
  level: LOG_LEVELS.find((level) => level === process.env.LOG_LEVEL) ?? 'info',
  base: { process: process.env.TRACKSTAT_PROCESS ?? 'main' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: describeError },
})
