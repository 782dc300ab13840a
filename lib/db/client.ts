import type { EventEmitter } from 'node:events'
import { NodePgPreparedQuery } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type DriverError, isPostgresError, QueryFailed, removeValues } from '#lib/postgres-error'

/** SQLSTATE, see the PostgreSQL manual, appendix A. */
const READ_ONLY_SQL_TRANSACTION = '25006'

/**
 * A connection whose errors contain no row values and no statement parameters, so that they are safe in the log, in what
 * Next prints, and in a table. SQLSTATE, message, and the names of table, column and constraint stay.
 */
export class Client extends pg.Client {
  /** Whether the server refused a write of this session as read-only (`default_transaction_read_only`, or a standby). */
  isReadOnly = false

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // Added before the driver's own listener, which is added on connect.
    const { connection } = this as unknown as { connection: EventEmitter }
    connection.on('errorMessage', (error: unknown) => {
      if (!isPostgresError(error)) return
      removeValues(error)
      this.isReadOnly ||= error.code === READ_ONLY_SQL_TRANSACTION
    })
  }
}

/**
 * Drizzle wraps the driver's error in `DrizzleQueryError`, whose message lists the parameters. This replaces the method
 * that does so. The method's only other purpose is a query cache, which we do not use.
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
