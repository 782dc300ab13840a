import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import type { mails, webhooks } from '#lib/db/schema'
import { log } from '#lib/log'

/** After this, another worker claims a dead worker's rows: within the promised 30 s. */
const LEASE_SECONDS = 20
const RENEW_MS = 5000
/** A pause, so that a row released because of a database fault is not claimed again at once. */
const RELEASE_SECONDS = 2

type Outbox = typeof mails | typeof webhooks

/**
 * The rows of an outbox table that this worker has claimed; the row is the job. Claiming sets a due row to `sending` and
 * `not_before` to the end of the lease, which is renewed as long as the row is held. So the rows of a dead worker become
 * due again.
 */
export class Claims {
  readonly #db: Database
  readonly #outbox: Outbox
  readonly #worker: string
  readonly #held = new Set<string>()
  readonly #underWay = new Set<Promise<void>>()
  readonly #renewing: NodeJS.Timeout

  /** @param worker the id of this worker */
  constructor(db: Database, outbox: Outbox, worker: string) {
    this.#db = db
    this.#outbox = outbox
    this.#worker = worker
    this.#renewing = setInterval(() => this.#renew(), RENEW_MS)
  }

  /** Claims up to `limit` due rows, by priority and then by due time. @returns their ids, in no order */
  async take(limit: number): Promise<string[]> {
    // Excludes rows that this worker holds: they too are due if the database was unavailable for longer than the lease.
    const { rows } = await this.#db.execute<{ id: string }>(sql`
      with due as materialized (
        select id from ${this.#outbox}
        where state in ('queued', 'sending') and not_before <= now() and id <> all(${this.#asIds(this.#held)})
        order by priority desc, not_before limit ${limit} for update skip locked
      )
      update ${this.#outbox} as claimed set state = 'sending', worker = ${this.#worker}, not_before = ${leaseEnd}
      from due where claimed.id = due.id returning claimed.id`)
    for (const { id } of rows) this.#held.add(id)
    return rows.map(({ id }) => id)
  }

  /** How many rows this worker holds. */
  get size(): number {
    return this.#held.size
  }

  /** Renews the lease of a row until `work` on it, which never rejects, ends. */
  async holdWhile(id: string, work: Promise<void>): Promise<void> {
    this.#underWay.add(work)
    await work
    this.#underWay.delete(work)
    this.drop(id)
  }

  /** Puts back a row that could not be processed because of a database fault; it is due again after RELEASE_SECONDS. */
  async release(id: string): Promise<void> {
    await this.#db
      .execute(sql`
        update ${this.#outbox} set state = 'queued', worker = null, not_before = now() + make_interval(secs => ${RELEASE_SECONDS})
        where id = ${id} and state = 'sending' and worker = ${this.#worker}`)
      .catch(() => {}) // it becomes due at the end of the lease
    this.drop(id)
  }

  /** Stops renewing the lease of a row, because its outcome is stored or another worker has it. */
  drop(id: string): void {
    this.#held.delete(id)
  }

  /** Resolves when the work on all rows has ended. */
  async stop(): Promise<void> {
    await Promise.all(this.#underWay)
    clearInterval(this.#renewing)
  }

  #asIds(ids: Iterable<string>): SQL {
    return sql`${sql.param([...ids])}::${sql.raw(this.#outbox.id.getSQLType())}[]`
  }

  async #renew(): Promise<void> {
    if (this.#held.size === 0) return
    try {
      await this.#db.execute(sql`
        update ${this.#outbox} set not_before = ${leaseEnd}
        where id = any(${this.#asIds(this.#held)}) and state = 'sending' and worker = ${this.#worker}`)
    } catch (error) {
      log.warn({ err: error }, 'a lease was not renewed')
    }
  }
}

const leaseEnd = sql`now() + make_interval(secs => ${LEASE_SECONDS})`
