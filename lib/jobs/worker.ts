import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { type Config, readConfig } from '#lib/config'
import { closeDatabase, type Database, database } from '#lib/db/connection'
import { Delivery } from '#lib/jobs/delivery'
import { signOff, signOn } from '#lib/jobs/heartbeat'
import { DIGEST_QUEUE, SWEEP_QUEUE, TRIAL_QUEUE, WEBHOOK_QUEUE, type WebhookJob } from '#lib/jobs/queues'
import { sweep } from '#lib/jobs/sweep'
import { log } from '#lib/log'
import { logConsole, logCrash } from '#lib/log-console'
import { queueDigests } from '#lib/mail/notice-digest'
import { exitWithParent } from '#lib/process/orphan'
import { tick } from '#lib/trials/clock'
import { deliverWebhook } from '#lib/webhooks/deliver'
import { announceEndpoint } from '#lib/webhooks/endpoint'

/**
 * The worker: a process of its own, so that nothing on a request's way waits for a mail server, and
 * a fault in either leaves the other standing. `npm run worker` runs it alone.
 */
const STOP_MS = 9000

export async function runWorker(): Promise<() => Promise<void>> {
  const config = readConfig()
  const boss = new PgBoss({
    connectionString: config.databaseUrl,
    application_name: 'trackstat jobs',
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    max: 8,
    // A dead worker's jobs are looked for this often; with the heartbeat of 10 s that is within 15 s.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'the queue had a fault; it goes on'))
  await boss.start().catch(async (error) => {
    await boss.stop({ graceful: false }).catch(() => {})
    throw error
  })
  const db = database()
  const delivery = new Delivery(boss, db, config)
  await delivery.start()
  await boss.work(SWEEP_QUEUE, { pollingIntervalSeconds: 60 }, () => sweep(db, config.retentionDays))
  const eachMinute = { pollingIntervalSeconds: 10, notifyPollingIntervalSeconds: 10 }
  await boss.work(TRIAL_QUEUE, eachMinute, () => tick(db, config))
  await boss.work(DIGEST_QUEUE, eachMinute, () => queueDigests(db, config))
  await announceEndpoint(db, config)
  await workWebhooks(boss, db, config)
  const workerId = randomUUID()
  const beat = signOn(db, workerId)
  log.info('delivery is running')
  return async () => {
    clearInterval(beat)
    delivery.stop()
    await boss.stop({ graceful: true, timeout: STOP_MS })
    await signOff(db, workerId)
    await closeDatabase()
  }
}

/** A worker that knows no receiver leaves the events to those that do. */
async function workWebhooks(boss: PgBoss, db: Database, config: Config): Promise<void> {
  const { webhook } = config
  if (!webhook) return
  // One by one: a receiver that hangs holds up one of four, and no mail.
  const oneByOne = {
    localConcurrency: 4,
    batchSize: 1,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 1,
  }
  await boss.work<WebhookJob>(WEBHOOK_QUEUE, oneByOne, async ([job]) => {
    if (job) await deliverWebhook(db, job.data.webhook, webhook, config)
  })
}

/** A database that is away just now must not leave the mail without a worker. */
async function startPatiently(): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await runWorker()
    } catch (error) {
      log.warn({ err: error }, 'delivery could not start; trying again')
      await sleep(1000)
    }
  }
}

if (import.meta.main) {
  const { databaseUrl, smtpUrl } = readConfig()
  if (!databaseUrl || !smtpUrl) {
    console.error(
      'A worker of its own needs DATABASE_URL, APP_SECRET and SMTP_URL. With the embedded database, npm start delivers already.',
    )
    process.exit(1)
  }
  logConsole()
  logCrash()
  const starting = startPatiently()
  let stopping = false
  // From the first moment on: mail is under way before the start is complete.
  const end = async () => {
    if (stopping) return
    stopping = true
    const stop = await Promise.race([starting, sleep(STOP_MS)])
    await stop?.()
    log.info('delivery has stopped')
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  exitWithParent(end)
}
