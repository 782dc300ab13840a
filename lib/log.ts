import { pino } from 'pino'
import { readEnvFile } from '#lib/env-file'
import { describeError } from '#lib/log-error'
import { parseLogLevel } from '#lib/log-level'

// LOG_LEVEL in the .env file must apply from the first line on, whichever module is loaded first.
readEnvFile()

/**
 * JSON log lines on standard output. pino escapes line breaks and control characters, so that no text can forge a line.
 * Never log a visitor's text: pass errors as `err`, and addresses through `maskEmail`.
 */
export const log = pino({
  level: parseLogLevel(process.env.LOG_LEVEL),
  base: { process: process.env.TRACKSTAT_PROCESS ?? 'main' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: describeError },
})
