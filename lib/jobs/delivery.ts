import type { Job, PgBoss } from 'pg-boss'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { deliver, routeOf } from '#lib/jobs/deliver-mail'
import { MAIL_QUEUE, type MailJob } from '#lib/jobs/queues'
import { log } from '#lib/log'
import { raiseAlarm } from '#lib/mail/alarm'
import { sortFailure } from '#lib/mail/failure'
import { pauseFor, type RouteDown, recordRoute } from '#lib/mail/route'
import { AttemptFailed, probeRoute } from '#lib/mail/smtp'
import { maskEmail } from '#lib/mask'

/** Mails under way at once: three batches of four. A slow mail holds up its batch, the others go on. */
const BATCHES = 3
const BATCH_SIZE = 4

/**
 * Takes mail jobs and delivers them; rests while the mail server can't be reached or refuses us, so
 * that an outage costs one look now and then and not an attempt of every mail.
 */
export class Delivery {
  readonly #boss: PgBoss
  readonly #db: Database
  readonly #config: Config
  #pause: NodeJS.Timeout | undefined
  #stopped = false
  #known: string | undefined

  constructor(boss: PgBoss, db: Database, config: Config) {
    this.#boss = boss
    this.#db = db
    this.#config = config
  }

  async start(): Promise<void> {
    const options = {
      batchSize: BATCH_SIZE,
      localConcurrency: BATCHES,
      pollingIntervalSeconds: 1,
      // The default of 30 s would make every retry wait for it.
      notifyPollingIntervalSeconds: 1,
      burstWhenBatchFull: true,
    }
    await this.#boss.work<MailJob>(MAIL_QUEUE, options, (jobs) => this.#deliverAll(jobs))
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#pause)
  }

  /** Each mail for itself: what one of them meets must not send its neighbours again. */
  async #deliverAll(jobs: Job<MailJob>[]): Promise<void> {
    const ends = await Promise.allSettled(jobs.map((job) => deliver(this.#db, job.data.mail, this.#config)))
    const down = ends.find((end) => end.status === 'fulfilled' && end.value)
    if (down?.status === 'fulfilled' && down.value) await this.#rest(down.value, 0)
    else await this.#report(undefined)
    const broken = ends.find((end) => end.status === 'rejected')
    // The database went away: the queue hands the batch out again, and mails that were sent are left alone.
    if (broken) throw broken.reason
  }

  async #rest(down: RouteDown, looked: number): Promise<void> {
    if (this.#pause || this.#stopped) return
    this.#pause = setTimeout(() => this.#look(looked + 1), pauseFor(looked))
    // Not waited for: the batch that found the fault is one of those that have to end first.
    this.#boss.offWork(MAIL_QUEUE).catch((error) => log.warn({ err: error }, 'the queue did not pause'))
    await this.#report(down)
  }

  async #look(looked: number): Promise<void> {
    this.#pause = undefined
    try {
      const down = await this.#probe()
      if (down) return await this.#rest(down, looked)
      await this.#report(undefined)
      await this.start()
    } catch (error) {
      log.warn({ err: error }, 'could not look whether the mail server is back')
      if (!this.#stopped) this.#pause = setTimeout(() => this.#look(looked), pauseFor(looked))
    }
  }

  async #probe(): Promise<RouteDown | undefined> {
    try {
      await probeRoute(routeOf(this.#config))
      return undefined
    } catch (error) {
      if (!(error instanceof AttemptFailed)) throw error
      const failure = sortFailure(error.cause as Error, error.stage)
      return {
        state: failure.sort === 'route' ? failure.state : 'unreachable',
        reason: maskEmail(error.message),
      }
    }
  }

  /** Says once, and not with each mail, that the route is down or up again. */
  async #report(down: RouteDown | undefined): Promise<void> {
    const now = down ? `${down.state}: ${down.reason}` : 'ok'
    if (now === this.#known) return
    this.#known = now
    await recordRoute(this.#db, down)
    if (!down) return log.info('the mail server takes mail')
    log.warn({ state: down.state, reason: down.reason }, 'no mail goes out; the queue rests and looks again')
    if (down.state === 'refused')
      await raiseAlarm(this.#db, this.#config, {
        what: 'The mail server refused us and mail waited',
        detail: down.reason,
        steps: ['Check the user name, the password and the certificate behind SMTP_URL.'],
      })
  }
}
