import { log } from '#lib/log'
import { withoutQuotes } from '#lib/log-error'
import { maskEmail } from '#lib/mask'

/** Logs what libraries print on the console: Next prints every exception in full, over many lines. */
export function logConsole(): void {
  console.error = (...parts) => log.error(readPrinted(parts), 'printed by a library')
  console.warn = (...parts) => log.warn(readPrinted(parts), 'printed by a library')
  console.log = (...parts) => log.debug(readPrinted(parts), 'printed by a library')
}

/** Logs an uncaught exception without visitors' data, which Node would print in full, and ends the process. */
export function logCrash(): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the process failed and ends')
    process.exit(1)
  })
}

function readPrinted(parts: unknown[]) {
  const text = parts.filter((part) => typeof part === 'string').join(' ')
  return {
    err: parts.find((part) => part instanceof Error),
    // Many messages end in the invalid value.
    text: text ? maskEmail(withoutQuotes(text).replace(/: .*/s, ': …')) : undefined,
  }
}
