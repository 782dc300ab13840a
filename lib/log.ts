import { pino } from 'pino'
import { readEnvFile } from '#lib/env-file'
import { describeError } from '#lib/log-error'
import { parseLogLevel } from '#lib/log-level'

// A level in the .env file must count from the first line on, whichever module is loaded first.
readEnvFile()

/**
 * JSON log lines on standard output. pino escapes line breaks and control characters, so a visitor's
 * text can't forge a line. No visitor's text ever enters a log: an error passes as `err`, and an address
 * through `maskEmail`.
 */
export const log = pino({
  level: parseLogLevel(process.env.LOG_LEVEL),
  base: { process: process.env.TRACKSTAT_PROCESS ?? 'main' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: describeError },
})
