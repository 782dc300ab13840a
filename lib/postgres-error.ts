/** An error of the PostgreSQL server, as the `pg` driver reports it. */
export type PostgresError = Error & {
  /** SQLSTATE, five characters. */
  code: string
  severity: string
  routine?: string
  where?: string
}

/** The part of the schema that an error is about, where the server names it. */
type Place = { table?: string; column?: string; constraint?: string }
export type DriverError = Error & Place & { code?: string }

/** A query failed: the server refused it, or the connection broke. Contains no row value and no parameter. */
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
 * SQLSTATE classes whose messages contain names of the schema or the server, but no row value and no parameter: connection,
 * constraint, transaction, authorization, database, serialization, syntax or access, resources, state,
 * operator intervention, system.
 */
const NAMES_ONLY = new Set(['08', '23', '25', '28', '3D', '40', '42', '53', '55', '57', '58'])

/** Fields that may contain rows, parameters or the statement. */
const VALUE_FIELDS = ['detail', 'hint', 'where', 'internalQuery', 'internalPosition', 'routine']

/** The routine of RAISE in PL/pgSQL. Its text can contain anything, under any SQLSTATE. */
const RAISE_ROUTINE = 'exec_stmt_raise'

export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && 'severity' in error && /^[0-9A-Z]{5}$/.test((error as PostgresError).code)
}

/** The server's message without values: `invalid input syntax for type uuid: …`. */
export function messageWithoutValues({ code, message, routine, where = '' }: PostgresError): string {
  if (routine === RAISE_ROUTINE) {
    const [, name, line] = /^PL\/pgSQL function (\w+)\([^)]*\) line (\d+)/.exec(where.slice(0, 300)) ?? []
    return `raised by ${name ?? 'a function'}()${line ? `, line ${line}` : ''}`
  }
  if (NAMES_ONLY.has(code.slice(0, 2))) return message
  // From the first quote to the last: a value may contain quotes itself.
  return message.replace(/".*"/s, '…').replace(/: .*/s, ': …')
}

/** Removes everything from an error that may repeat what a visitor sent. Idempotent. */
export function removeValues(error: PostgresError): void {
  error.message = messageWithoutValues(error)
  for (const name of VALUE_FIELDS) Reflect.deleteProperty(error, name)
  // The old stack starts with the old message.
  Error.captureStackTrace(error)
}
