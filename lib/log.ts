import { pino } from 'pino'
import { describeError } from '#lib/log-error'

/**
 * JSON log lines on standard output. pino escapes line breaks and control characters, so a visitor's
 * text can't forge a line. No visitor's text ever enters a log: an error passes as `err`, and an address
 * through `maskEmail`.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: process.env.TRACKSTAT_PROCESS ?? 'main' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: describeError },
})
