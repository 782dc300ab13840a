import { maskEmail } from '#lib/mask'
import { isPostgresError, messageWithoutValues, QueryFailed } from '#lib/postgres-error'

/** Properties of an error that are logged as they are: names from the schema or from Node. */
const NAMES = ['code', 'table', 'column', 'constraint', 'syscall', 'digest'] as const
const MAX_FRAMES = 12
const MAX_NAME_LENGTH = 100

/** Their messages end in the invalid value: `Invalid time zone specified: …`. */
const LANGUAGE_ERRORS = [RangeError, SyntaxError, TypeError, URIError]

/**
 * An error as a log entry, without anything that a visitor sent: type, codes, the message without its quoted parts, and
 * stack frames. All other properties are left out, because they may contain rows, parameters or bodies.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const fields = error as Error & Partial<Record<string, unknown>>
  const names = NAMES.map((name) => [name, fields[name]] as const)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => [name, String(value).slice(0, MAX_NAME_LENGTH)])
  return {
    type: error.name.slice(0, MAX_NAME_LENGTH),
    message: maskEmail(messageOf(error)),
    ...Object.fromEntries(names),
    stack: framesOf(error),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  }
}

function messageOf(error: Error): string {
  if (isPostgresError(error)) return messageWithoutValues(error)
  // QueryFailed has no values, and system errors such as ECONNREFUSED name only our own addresses.
  if (error instanceof QueryFailed || 'syscall' in error) return error.message
  const unquoted = withoutQuotes(error.message)
  return LANGUAGE_ERRORS.some((type) => error instanceof type) ? unquoted.replace(/: .*/s, ': …') : unquoted
}

/** Removes everything from the first quote to the last one of the same kind: a value may contain quotes itself. */
export function withoutQuotes(text: string): string {
  return text
    .replace(/".*"/s, '…')
    .replace(/`.*`/s, '…')
    .replace(/(?<!\w)'.*'/s, '…')
}

/** Only the lines `at …`: before them the stack repeats the message, which may have several lines. */
function framesOf({ name, message, stack = '' }: Error): string {
  const head = message ? stack.indexOf(message) : 0
  // The message was changed after the stack was made, so where the frames begin is unknown.
  if (head < 0) return ''
  const frames = stack.slice(head + message.length).split('\n')
  return [name, ...frames.filter((line) => /^ {4}at /.test(line)).slice(0, MAX_FRAMES)].join('\n')
}
