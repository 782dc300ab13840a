import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'
import { type Alarm, raiseAlarm } from '#lib/mail/alarm'
import {
  checkMailServer,
  type MailServerDown,
  mailServerOf,
  probeDelay,
  recordMailServerState,
} from '#lib/mail/mail-server'
import type { Stage } from '#lib/mail/smtp-failure'

/** After this an unchanged state is stored again, because another worker may have stored a different one. */
const STORE_AGAIN_MS = 60_000

/** Pauses delivery while the mail server can't be used, probes it, and reports each change of its state once. */
export class MailServerPause {
  readonly #db: Database
  readonly #config: Config
  readonly #onBack: () => void
  #timer: NodeJS.Timeout | undefined
  #down = false
  #stopped = false
  /** Pauses and failed probes since a mail was last accepted. */
  #failures = 0
  /** A probe sends no mail, so after a refusal at MAIL FROM only an accepted mail shows that the server can be used. */
  #needsMail = false
  #known: { state: string; at: number } | undefined
  #reports: Promise<void> = Promise.resolve()

  /** @param onBack called when mail can be tried again */
  constructor(db: Database, config: Config, onBack: () => void) {
    this.#db = db
    this.#config = config
    this.#onBack = onBack
  }

  get isDown(): boolean {
    return this.#down || this.#stopped
  }

  /** Pauses until a probe succeeds. Resolves when the state is reported; never rejects. */
  pause(down: MailServerDown, stage: Stage): Promise<void> {
    if (stage === 'mail') this.#needsMail = true
    if (!this.#down) {
      this.#down = true
      this.#scheduleProbe()
    }
    return this.#report(down).catch(logUnstored)
  }

  /** Reports that a mail was accepted. Ignored in a pause: that mail was sent before. Never rejects. */
  async accepted(): Promise<void> {
    if (this.#down) return
    this.#failures = 0
    this.#needsMail = false
    await this.#report(undefined).catch(logUnstored)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  /** Stores in the order of the calls: concurrent writes could leave the older state in the database. */
  #report(down: MailServerDown | undefined): Promise<void> {
    const report = this.#reports.then(() => this.#store(down))
    this.#reports = report.catch(() => {}) // the caller handles it
    return report
  }

  /** Stores the mail server's state, with an alarm if it is needed. Logs a change once and not with each mail. */
  async #store(down: MailServerDown | undefined): Promise<void> {
    const state = down ? `${down.state}: ${down.reason}` : 'ok'
    const isNew = state !== this.#known?.state
    if (!isNew && performance.now() - (this.#known?.at ?? 0) < STORE_AGAIN_MS) return
    // Set only at the end, so that a state that could not be stored is stored with the next report.
    this.#known = undefined
    await this.#db.transaction(async (tx) => {
      await recordMailServerState(tx, down)
      if (isNew && down?.state === 'refused') await raiseAlarm(tx, this.#config, refusedAlarm(down.reason))
    })
    if (isNew) logChange(down)
    this.#known = { state, at: performance.now() }
  }

  #scheduleProbe(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => this.#probe(), probeDelay(this.#failures++))
  }

  async #probe(): Promise<void> {
    try {
      const down = await checkMailServer(mailServerOf(this.#config))
      if (down || !this.#needsMail) await this.#report(down)
      if (down) return this.#scheduleProbe()
    } catch (error) {
      log.warn({ err: error }, 'the mail server could not be probed, or its state not be stored')
      return this.#scheduleProbe()
    }
    if (this.#stopped) return
    this.#down = false
    this.#onBack()
  }
}

function logChange(down: MailServerDown | undefined): void {
  if (down) log.warn(down, 'no mail can be sent; delivery pauses and probes the mail server')
  else log.info('the mail server accepts mail')
}

const refusedAlarm = (detail: string): Alarm => ({
  what: 'The mail server refused us and mail waited',
  detail,
  steps: ['Check the user name, the password and the certificate behind SMTP_URL.'],
})

function logUnstored(error: unknown): void {
  log.warn({ err: error }, 'the state of the mail server could not be stored')
}
