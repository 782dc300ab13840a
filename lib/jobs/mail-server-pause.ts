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

/** Knows whether the way to the mail server is down, looks whether it is back, and says so once. */
export class MailServerPause {
  readonly #db: Database
  readonly #config: Config
  readonly #onBack: () => void
  #timer: NodeJS.Timeout | undefined
  #down = false
  #stopped = false
  #known: string | undefined

  /** @param onBack called when the mail server takes mail again */
  constructor(db: Database, config: Config, onBack: () => void) {
    this.#db = db
    this.#config = config
    this.#onBack = onBack
  }

  get isDown(): boolean {
    return this.#down
  }

  /** From now on the route is down, until a look at it finds it up. */
  pause(): void {
    if (this.#down) return
    this.#down = true
    this.#lookLater(0)
  }

  stop(): void {
    this.#stopped = true
    this.#down = true
    clearTimeout(this.#timer)
  }

  /** Says once, and not with each mail, that the route is down or up again. */
  async report(down: MailServerDown | undefined): Promise<void> {
    const now = down ? `${down.state}: ${down.reason}` : 'ok'
    if (now === this.#known) return
    this.#known = now
    await recordMailServerState(this.#db, down).catch((error) => {
      this.#known = undefined
      throw error
    })
    if (!down) return log.info('the mail server takes mail')
    log.warn({ state: down.state, reason: down.reason }, 'no mail goes out; delivery pauses and looks again')
    if (down.state === 'refused')
      await raiseAlarm(this.#db, this.#config, {
        what: 'The mail server refused us and mail waited',
        detail: down.reason,
        steps: ['Check the user name, the password and the certificate behind SMTP_URL.'],
      })
  }

  #lookLater(looked: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => this.#look(looked + 1), probeDelay(looked))
  }

  async #look(looked: number): Promise<void> {
    try {
      const down = await checkMailServer(mailServerOf(this.#config))
      await this.report(down)
      if (down) return this.#lookLater(looked)
    } catch (error) {
      log.warn({ err: error }, 'could not look whether the mail server is back')
      return this.#lookLater(looked)
    }
    if (this.#stopped) return
    this.#down = false
    this.#onBack()
  }
}
