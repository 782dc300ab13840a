import { randomUUID } from 'node:crypto'
import { setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '#lib/config'
import { closeDatabase, database } from '#lib/db/connection'
import { signOff, signOn } from '#lib/jobs/heartbeat'
import { MailDelivery } from '#lib/jobs/mail-delivery'
import { startSchedule } from '#lib/jobs/schedule'
import { sweep } from '#lib/jobs/sweep'
import { listen } from '#lib/jobs/wake-up'
import { WebhookDelivery } from '#lib/jobs/webhook-delivery'
import { queueDigests } from '#lib/letters/notice-digest'
import { log } from '#lib/log'
import { logConsole, logCrash } from '#lib/log-console'
import { exitWithParent } from '#lib/process/parent'
import { tick } from '#lib/trials/clock'
import { announceEndpoint } from '#lib/webhooks/endpoint'

/**
 * The worker: a process of its own, so that nothing on a request's way waits for a mail server, and
 * a fault in either leaves the other standing. `npm run worker` runs it alone.
 */
const STOP_MS = 9000
/** Below the site (0), which answers people; a mail that leaves a moment later harms nobody. */
const NICENESS = 5

export async function runWorker(): Promise<() => Promise<void>> {
  const config = readConfig()
  const db = database()
  const workerId = randomUUID()
  // Before anything is sent: where to, and whether the database is there at all.
  await announceEndpoint(db, config)
  const mail = new MailDelivery(db, config, workerId)
  // A worker that knows no receiver leaves the events to those that do.
  const webhooks = config.webhook && new WebhookDelivery(db, config, workerId, config.webhook)
  const stopListening = listen(config.databaseUrl ?? '', () => {
    mail.wake()
    webhooks?.wake()
  })
  const stopSchedule = startSchedule(db, [
    { name: 'sweep', seconds: 3600, run: () => sweep(db, config.retentionDays) },
    { name: 'trials', seconds: 60, run: () => tick(db, config) },
    { name: 'digests', seconds: 60, run: () => queueDigests(db, config) },
  ])
  const beat = signOn(db, workerId)
  log.info('delivery is running')
  return async () => {
    clearInterval(beat)
    const stopped = Promise.all([stopListening(), stopSchedule(), mail.stop(), webhooks?.stop()])
    await Promise.race([stopped, sleep(STOP_MS)])
    await signOff(db, workerId)
    await closeDatabase()
  }
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
  setPriority(NICENESS)
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
