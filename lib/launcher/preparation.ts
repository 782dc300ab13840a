import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Prepared, Report, Settings } from '#lib/launcher/prepare'
import { StartError } from '#lib/process/ports'

const PROGRAM = fileURLToPath(new URL('prepare.ts', import.meta.url))

/** It ended without being done, and has said why. */
export class PreparationFailed extends StartError {
  override name = 'PreparationFailed'
}

/** The process that prepares everything, as the launcher sees it. */
export class Preparation {
  readonly pid: number
  /** Known before anything is changed; it goes on with `proceed`. */
  readonly settings: Promise<Settings>
  readonly #prepared: Promise<Prepared>
  readonly #child: ChildProcess

  constructor(development: boolean) {
    this.#child = spawn(process.execPath, [PROGRAM, ...(development ? ['--dev'] : [])], {
      // A group of its own: Ctrl-C reaches the launcher alone, which stops things in order.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.pid = this.#child.pid ?? 0
    const [settings, prepared] = [Promise.withResolvers<Settings>(), Promise.withResolvers<Prepared>()]
    this.settings = settings.promise
    this.#prepared = prepared.promise
    // Either may fail while nobody waits for it yet.
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

  /** The data folder is ours, and the port is free. */
  proceed(): Promise<Prepared> {
    this.#child.send('proceed', () => {})
    return this.#prepared
  }

  /** Resolves when it has ended; what it had started is stopped then. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#child, 'close')
    this.#child.kill('SIGTERM')
    await ended
  }
}
