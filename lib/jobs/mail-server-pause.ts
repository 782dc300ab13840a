import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'
import { raiseAlarm } from '#lib/mail/alarm'
import {
  checkMailServer,
  type MailServerDown,
  mailServerOf,
  probeDelay,
  recordMailServerState,
} from '#lib/mail/mail-server'

/** Pauses delivery while the mail server can't be used, probes it, and reports each change of its state once. */
export class MailServerPause {
  readonly #db: Database
  readonly #config: Config
  readonly #onBack: () => void
  #timer: NodeJS.Timeout | undefined
  #down = false
  #stopped = false
  #known: string | undefined

  /** @param onBack called when the mail server accepts mail again */
  constructor(db: Database, config: Config, onBack: () => void) {
    this.#db = db
    this.#config = config
    this.#onBack = onBack
  }

  get isDown(): boolean {
    return this.#down
  }

  /** Pauses until a probe succeeds. */
  pause(): void {
    if (this.#down) return
    this.#down = true
    this.#scheduleProbe(0)
  }

  stop(): void {
    this.#stopped = true
    this.#down = true
    clearTimeout(this.#timer)
  }

  /** Logs and stores a change of the mail server's state: once, and not with each mail. */
  async report(down: MailServerDown | undefined): Promise<void> {
    const now = down ? `${down.state}: ${down.reason}` : 'ok'
    if (now === this.#known) return
    this.#known = now
    await recordMailServerState(this.#db, down).catch((error) => {
      this.#known = undefined
      throw error
    })
    if (!down) return log.info('the mail server accepts mail')
    log.warn(
      { state: down.state, reason: down.reason },
      'no mail can be sent; delivery pauses and probes the mail server',
    )
    if (down.state === 'refused')
      await raiseAlarm(this.#db, this.#config, {
        what: 'The mail server refused us and mail waited',
        detail: down.reason,
        steps: ['Check the user name, the password and the certificate behind SMTP_URL.'],
      })
  }

  #scheduleProbe(failed: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => this.#probe(failed + 1), probeDelay(failed))
  }

  async #probe(count: number): Promise<void> {
    try {
      const down = await checkMailServer(mailServerOf(this.#config))
      await this.report(down)
      if (down) return this.#scheduleProbe(count)
    } catch (error) {
      log.warn({ err: error }, 'the mail server could not be probed')
      return this.#scheduleProbe(count)
    }
    if (this.#stopped) return
    this.#down = false
    this.#onBack()
  }
}
