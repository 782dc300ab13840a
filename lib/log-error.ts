import { maskEmail } from '#lib/mask'
import { isPostgresError, messageWithoutValues, QueryFailed } from '#lib/postgres-error'

/** Of an error, these may enter a log as they are: names that the schema or Node gave. */
const NAMES = ['code', 'table', 'column', 'constraint', 'syscall', 'digest'] as const
const MOST_FRAMES = 12
const MOST_NAME = 100

/** Language errors end in the value that was wrong: `Invalid time zone specified: …`. */
const LANGUAGE = [RangeError, SyntaxError, TypeError, URIError]

/**
 * What is worth knowing of a fault, and nothing that a visitor sent: type, codes, the message without what it quotes,
 * and where it happened. Every other property is left out, as it may hold rows, parameters or bodies.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const fields = error as Error & Partial<Record<string, unknown>>
  const names = NAMES.map((name) => [name, fields[name]] as const)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => [name, String(value).slice(0, MOST_NAME)])
  return {
    type: error.name.slice(0, MOST_NAME),
    message: maskEmail(messageOf(error)),
    ...Object.fromEntries(names),
    stack: framesOf(error),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  }
}

function messageOf(error: Error): string {
  if (isPostgresError(error)) return messageWithoutValues(error)
  // Of the system, such as ECONNREFUSED: made of its own words and addresses of ours.
  if (error instanceof QueryFailed || 'syscall' in error) return error.message
  const unquoted = withoutQuotes(error.message)
  return LANGUAGE.some((type) => error instanceof type) ? unquoted.replace(/: .*/s, ': …') : unquoted
}

/** A text without what stands in quotes, from the first to the last of a kind: a value may hold quotes itself. */
export function withoutQuotes(text: string): string {
  return text
    .replace(/".*"/s, '…')
    .replace(/`.*`/s, '…')
    .replace(/(?<!\w)'.*'/s, '…')
}

/** The lines `at …` alone: before them the stack repeats the message, which may have lines of its own. */
function framesOf({ name, message, stack = '' }: Error): string {
  const head = message ? stack.indexOf(message) : 0
  // A message that was changed later: where the frames begin can't be told.
  if (head < 0) return ''
  const frames = stack.slice(head + message.length).split('\n')
  return [name, ...frames.filter((line) => /^ {4}at /.test(line)).slice(0, MOST_FRAMES)].join('\n')
}
