import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestPostgres } from '../stack/postgres.ts'
import { Stack } from '../stack/stack.ts'
import { parentOf } from './processes.ts'
import { startTutorial } from './tutorial-server.ts'

/** How long a backlog may not shrink before the bench gives up, in ms. */
const STALLED_MS = 60_000

/** A script of this folder as its own process, and its port. */
async function forkServer(script: string, env: Record<string, string> = {}) {
  const child = fork(new URL(script, import.meta.url), { env: { ...process.env, ...env } })
  const [port] = (await once(child, 'message')) as [number]
  return { child, port }
}

/** The measured processes: the service, the tutorial's handler, and the mail server of both. */
export class BenchSetup {
  readonly stack = new Stack()
  tutorialUrl = ''
  /** The service's processes: site, worker and PostgreSQL. */
  get roots(): number[] {
    return [this.stack.web.pid, this.stack.worker?.pid, this.#postmaster].filter((pid) => pid !== undefined)
  }
  #postmaster = 0
  #sink: ChildProcess | undefined
  readonly #closers: (() => unknown)[] = []

  async start(): Promise<this> {
    const sink = await forkServer('./counting-sink.ts')
    this.#sink = sink.child
    this.#closers.push(() => sink.child.disconnect())
    const env = { SMTP_URL: `smtp://127.0.0.1:${sink.port}` }
    const tutorial = await startTutorial(env.SMTP_URL)
    this.#closers.push(tutorial.stop)
    this.tutorialUrl = tutorial.url
    this.#closers.push(await startTestPostgres({ durable: true }))
    this.#closers.push(() => this.stack.stop())
    await this.stack.start({ SMTP_URL: env.SMTP_URL, LOG_LEVEL: 'warn' })
    const [row] = await this.stack.query<{ pid: number }>('select pg_backend_pid() as pid')
    this.#postmaster = parentOf(row?.pid ?? 0)
    return this
  }

  /** Stops everything that was started, also after a failed start. */
  async stop(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  /** Number of mails that the mail server received, including the tutorial's. */
  async mails(): Promise<number> {
    const answer = once(this.#sink as ChildProcess, 'message') as Promise<[number]>
    this.#sink?.send('count')
    return (await answer)[0]
  }

  /** Number of mails that wait or are being sent. */
  async unsent(): Promise<number> {
    const [row] = await this.stack.query<{ n: number }>(
      `select count(*)::int as n from mails where state in ('queued', 'sending')`,
    )
    return row?.n ?? 0
  }

  /** Waits until every mail is sent. @throws if none was sent for a minute */
  async drained(): Promise<void> {
    let [least, since] = [Number.POSITIVE_INFINITY, Date.now()]
    for (let unsent = await this.unsent(); unsent > 0; unsent = await this.unsent()) {
      if (unsent < least) [least, since] = [unsent, Date.now()]
      if (Date.now() - since > STALLED_MS)
        throw new Error(`${unsent} mails do not go out:\n${this.stack.log.slice(-5).join('')}`)
      await sleep(200)
    }
  }

  /** Number of stored leads. */
  async leads(): Promise<number> {
    const [row] = await this.stack.query<{ n: number }>('select count(*)::int as n from leads')
    return row?.n ?? 0
  }
}
