import type { EventEmitter } from 'node:events'
import { NodePgPreparedQuery } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type DriverError, isPostgresError, QueryFailed, removeValues } from '#lib/postgres-error'

/** SQLSTATE, see the PostgreSQL manual, appendix A. */
const READ_ONLY_SQL_TRANSACTION = '25006'

/**
 * A connection whose errors carry no value of a row and no parameter of a statement, wherever they end up: in the
 * log, in what Next prints, in a table. They keep SQLSTATE, message, and the names of table, column and constraint.
 */
export class Client extends pg.Client {
  /** Whether the server refused a write in this session: `default_transaction_read_only`, or a standby. */
  isReadOnly = false

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // Before the driver's own listener, which is added when it connects.
    const { connection } = this as unknown as { connection: EventEmitter }
    connection.on('errorMessage', (error: unknown) => {
      if (!isPostgresError(error)) return
      removeValues(error)
      this.isReadOnly ||= error.code === READ_ONLY_SQL_TRANSACTION
    })
  }
}

/**
 * Drizzle wraps the driver's error in one whose message lists the parameters (`DrizzleQueryError`). Replaced is the one
 * method that does so; apart from that it only serves a cache of queries, which we do not use.
 */
Object.assign(NodePgPreparedQuery.prototype, {
  async queryWithCache<T>(_text: string, _parameters: unknown[], query: () => Promise<T>): Promise<T> {
    try {
      return await query()
    } catch (error) {
      throw new QueryFailed(error as DriverError)
    }
  },
})
