import { pino } from 'pino'

/**
 * JSON log lines on standard output. pino escapes line breaks and control characters, so a visitor's
 * text can't forge a line. No whole address ever enters a log: pass it through `maskEmail`.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: process.env.TRACKSTAT_PROCESS ?? 'main' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: (error: unknown) => describeError(error) },
})

// Matches every run of letters, with or without a domain: looking for an `@` from each letter takes quadratic time.
const MAYBE_ADDRESS = /([\p{L}\p{N}_'+.&=~-]+)(@[\p{L}\p{N}.-]+)?/gu

/** `jane@example.com` → `j***@example.com`, wherever it stands in a text. */
export function maskEmail(text: string): string {
  return text.replace(MAYBE_ADDRESS, (run: string, local: string, domain?: string) =>
    domain ? `${String.fromCodePoint(local.codePointAt(0) ?? 0)}***${domain}` : run,
  )
}

/** What is worth knowing of a fault, with addresses masked: mail servers repeat them in their replies. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: maskEmail(String(error)) }
  const { code } = error as { code?: unknown }
  return { type: error.name, message: maskEmail(error.message), code, stack: maskEmail(error.stack ?? '') }
}
