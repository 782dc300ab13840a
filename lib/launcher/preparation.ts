import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Prepared, Report, Settings } from '#lib/launcher/prepare'
import { OperatorError } from '#lib/operator-error'

const PROGRAM = fileURLToPath(new URL('prepare.ts', import.meta.url))

/** The preparation failed, and its process has printed why. */
export class PreparationFailed extends OperatorError {
  override name = 'PreparationFailed'
}

/** The launcher's side of the process that prepares everything (`prepare.ts`). */
export class Preparation {
  readonly pid: number
  /** Resolves before anything is changed; the process then waits for `proceed`. */
  readonly settings: Promise<Settings>
  readonly #prepared: Promise<Prepared>
  readonly #child: ChildProcess

  constructor(development: boolean) {
    this.#child = spawn(process.execPath, [PROGRAM, ...(development ? ['--dev'] : [])], {
      // A separate process group: Ctrl-C reaches only the launcher, which stops everything in order.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.pid = this.#child.pid ?? 0
    const [settings, prepared] = [Promise.withResolvers<Settings>(), Promise.withResolvers<Prepared>()]
    this.settings = settings.promise
    this.#prepared = prepared.promise
    // Either may reject before it is awaited.
    for (const promise of [this.settings, this.#prepared]) promise.catch(() => {})
    this.#child.on('message', (report: Report) => {
      if ('settings' in report) settings.resolve(report.settings)
      else prepared.resolve(report.prepared)
    })
    const fail = (error: Error) => {
      settings.reject(error)
      prepared.reject(error)
    }
    this.#child.once('error', fail).once('close', () => fail(new PreparationFailed('the preparation failed')))
  }

  /** Goes on, when the launcher holds the data folder's lock and the port is free. */
  proceed(): Promise<Prepared> {
    this.#child.send('proceed', () => {})
    return this.#prepared
  }

  /** Ends it, with everything that it has started. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#child, 'close')
    this.#child.kill('SIGTERM')
    await ended
  }
}
