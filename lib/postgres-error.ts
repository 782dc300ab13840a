/** A refusal by the PostgreSQL server, as the `pg` driver hands it over. */
export type PostgresError = Error & {
  /** SQLSTATE, five characters. */
  code: string
  severity: string
  routine?: string
  where?: string
}

/** Where in the schema a refusal belongs to, as far as the server says so. */
type Place = { table?: string; column?: string; constraint?: string }
export type DriverError = Error & Place & { code?: string }

/** A query was not carried out: the server refused it, or the connection failed. Holds no value and no parameter. */
export class QueryFailed extends Error {
  override name = 'QueryFailed'
  /** SQLSTATE, or Node's code of a failed connection. */
  readonly code?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string

  constructor({ message, code, table, column, constraint }: DriverError) {
    super(message || code)
    Object.assign(this, { code, table, column, constraint })
  }
}

/**
 * SQLSTATE classes whose messages name parts of the schema or the server, and never a value of a row or a parameter:
 * connection, constraint, transaction, authorization, database, serialization, syntax or access, resources, state,
 * operator intervention, system.
 */
const NAMES_ONLY = new Set(['08', '23', '25', '28', '3D', '40', '42', '53', '55', '57', '58'])

/** Fields that repeat rows, parameters or the statement. */
const TELLING = ['detail', 'hint', 'where', 'internalQuery', 'internalPosition', 'routine'] as const

/** RAISE in PL/pgSQL: its text may hold anything, also under the SQLSTATE of another class. */
const RAISED = 'exec_stmt_raise'

export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && 'severity' in error && /^[0-9A-Z]{5}$/.test((error as PostgresError).code)
}

/** What the server said, without values: `invalid input syntax for type uuid: …`. */
export function messageWithoutValues({ code, message, routine, where = '' }: PostgresError): string {
  if (routine === RAISED) {
    const [, name, line] = /^PL\/pgSQL function (\w+)\([^)]*\) line (\d+)/.exec(where.slice(0, 300)) ?? []
    return `raised by ${name ?? 'a function'}()${line ? `, line ${line}` : ''}`
  }
  if (NAMES_ONLY.has(code.slice(0, 2))) return message
  // From the first quote to the last: a value may hold quotes itself.
  return message.replace(/".*"/s, '…').replace(/: .*/s, ': …')
}

/** Takes out of an error everything that may repeat what a visitor sent. Doing it twice changes nothing more. */
export function removeValues(error: PostgresError): void {
  error.message = messageWithoutValues(error)
  for (const name of TELLING) delete (error as Partial<Record<(typeof TELLING)[number], unknown>>)[name]
  // The stack began with the message as it was.
  Error.captureStackTrace(error)
}
