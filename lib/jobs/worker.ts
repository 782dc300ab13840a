import { randomUUID } from 'node:crypto'
import { setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '#lib/config'
import { closeDatabase, database } from '#lib/db/connection'
import { startHeartbeat } from '#lib/jobs/heartbeat'
import { MailDelivery } from '#lib/jobs/mail-delivery'
import { startSchedule } from '#lib/jobs/schedule'
import { sweep } from '#lib/jobs/sweep'
import { listen } from '#lib/jobs/wake-up'
import { WebhookDelivery } from '#lib/jobs/webhook-delivery'
import { queueDigests, queueSpamDigest } from '#lib/letters/notice-digest'
import { log } from '#lib/log'
import { logConsole, logCrash } from '#lib/log-console'
import { exitWithParent } from '#lib/process/parent'
import { runTrialClock } from '#lib/trials/clock'
import { storeEndpoint } from '#lib/webhooks/endpoint'

/** The longest time for stopping, whatever still runs: within the promised 10 s. */
const STOP_TIMEOUT_MS = 9000
/** Lower priority than the site (0), which people wait for. */
const NICENESS = 5

/**
 * Delivers mails and webhooks and runs the periodic tasks. A separate process, so that no request waits for a mail server
 * and a crash of one does not stop the other. `npm run worker` runs it alone.
 * @returns a function that stops it
 */
async function runWorker(): Promise<() => Promise<void>> {
  const config = readConfig()
  const db = database()
  const workerId = randomUUID()
  // First, because events get a webhook only while a receiver is stored. Fails if the database is unavailable.
  await storeEndpoint(db, config)
  const mail = new MailDelivery(db, config, workerId)
  // Without WEBHOOK_URL, this worker leaves webhooks to workers that have it.
  const webhooks = config.webhook && new WebhookDelivery(db, config, workerId, config.webhook)
  const stopListening = listen(config.databaseUrl ?? '', () => {
    mail.wake()
    webhooks?.wake()
  })
  const stopSchedule = startSchedule(db, [
    { name: 'sweep', seconds: 3600, run: () => sweep(db, config.retentionDays) },
    { name: 'trials', seconds: 60, run: () => runTrialClock(db, config) },
    { name: 'spam-digest', seconds: 86_400, run: () => queueSpamDigest(db, config) },
    { name: 'digests', seconds: 60, run: () => queueDigests(db, config) },
  ])
  const stopHeartbeat = startHeartbeat(db, workerId)
  log.info('delivery is running')
  return async () => {
    await Promise.all([stopHeartbeat(), stopListening(), stopSchedule(), mail.stop(), webhooks?.stop()])
    await closeDatabase()
  }
}

/** Retries until the database is reachable, or `signal` is aborted. @returns a function that stops the worker */
async function startWithRetry(signal: AbortSignal): Promise<(() => Promise<void>) | undefined> {
  while (!signal.aborted) {
    try {
      return await runWorker()
    } catch (error) {
      log.warn({ err: error }, 'delivery could not start')
      await sleep(1000, undefined, { signal }).catch(() => {}) // aborted
    }
  }
  return undefined
}

if (import.meta.main) {
  const { databaseUrl, smtpUrl } = readConfig()
  if (!databaseUrl || !smtpUrl) {
    console.error(
      'A separate worker needs DATABASE_URL, APP_SECRET and SMTP_URL. With the embedded database, npm start delivers already.',
    )
    process.exit(1)
  }
  logConsole()
  logCrash()
  setPriority(NICENESS)
  const stopping = new AbortController()
  const starting = startWithRetry(stopping.signal)
  // Does not wait for the start, which may take until the database is reachable.
  const end = async () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    const stopped = starting.then((stop) => stop?.()).then(() => true)
    if (await Promise.race([stopped, sleep(STOP_TIMEOUT_MS, false)])) log.info('delivery has stopped')
    else log.warn('delivery has stopped; what was under way is due again after its lease')
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  exitWithParent(end)
}
