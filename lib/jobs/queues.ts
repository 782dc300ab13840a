import type pg from 'pg'
import { type Db, PgBoss } from 'pg-boss'

export const MAIL_QUEUE = 'mail'
export const WEBHOOK_QUEUE = 'webhook'
export const SWEEP_QUEUE = 'sweep'
export const TRIAL_QUEUE = 'trials'
export const DIGEST_QUEUE = 'digests'

/** What a job carries: the row says everything else. */
export type MailJob = { mail: string }
export type WebhookJob = { webhook: string }

/**
 * A job is taken up again 10 s after its worker's last heartbeat, looked for every 2 s, which is
 * inside the promised 30 s; a job that still runs is never taken, however slow its mail server.
 * Retries of mails are ours (see `lib/mail/outbox.ts`): the queue's own are for workers that died.
 */
export const LEASE_SECONDS = 90
const deliveryQueue = {
  notify: true,
  expireInSeconds: LEASE_SECONDS,
  heartbeatSeconds: 10,
  retryLimit: 1000,
  retryDelay: 1,
  deleteAfterSeconds: 3600,
  retentionSeconds: 30 * 86_400,
}

/**
 * Installs pg-boss's schema, our queues, and the SQL functions `enqueue_mail(jobs)` and
 * `enqueue_webhook(jobs)`, which are pg-boss's own insert: so a submission and its jobs are one statement,
 * one transaction, one round trip.
 */
export async function installQueues(databaseUrl: string, client: pg.Client): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    supervise: false,
    schedule: false,
    max: 1,
    registerInstance: false,
  })
  boss.on('error', () => {}) // a failing statement also rejects its own call
  await boss.start()
  try {
    for (const queue of [MAIL_QUEUE, WEBHOOK_QUEUE]) {
      await boss.createQueue(queue, deliveryQueue)
      await boss.updateQueue(queue, deliveryQueue)
      const insert = await recordInsert(boss, queue)
      await client.query(
        `create or replace function enqueue_${queue}(jobs text) returns void language sql as $enqueue$ ${insert} $enqueue$`,
      )
    }
    await boss.createQueue(SWEEP_QUEUE, { retryLimit: 3, expireInSeconds: 300 })
    await boss.schedule(SWEEP_QUEUE, '17 * * * *')
    await boss.createQueue(TRIAL_QUEUE, { retryLimit: 0, expireInSeconds: 300 })
    await boss.schedule(TRIAL_QUEUE, '* * * * *')
    // The worker rebuilds bloated indexes once a day only where its role owns them, unlike in the embedded server.
    for (const command of await boss.getReindexCommands()) await client.query(command)
    await boss.createQueue(DIGEST_QUEUE, { retryLimit: 0, expireInSeconds: 300 })
    await boss.schedule(DIGEST_QUEUE, '* * * * *')
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** pg-boss's insert statement for a queue; `$1` is a JSON array of jobs. */
async function recordInsert(boss: PgBoss, queue: string): Promise<string> {
  const statements: string[] = []
  const recorder: Db = {
    executeSql: async (text) => {
      statements.push(text)
      return { rows: [] }
    },
  }
  await boss.insert(queue, [{ data: {} }], { db: recorder })
  const [insert] = statements
  if (statements.length !== 1 || !insert?.includes('$1') || insert.includes('$2'))
    throw new Error('pg-boss inserts jobs in another way than our SQL functions were made for')
  return insert
}
