import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { BUILT } from '#lib/launcher/commands'
import { type Child, childEnvironment } from '#lib/launcher/environment'
import type { EmbeddedServer } from '#lib/postgres/server'
import { freePort } from './free-port.ts'
import { MailSink } from './mail-sink.ts'
import { adminUrl, createDatabase } from './postgres.ts'

const START_MS = 60_000
const RECOVERY_MS = 60_000

/** Whether a query failed only because its server was stopped, killed, or is not ready. */
function isTemporary({ message, code }: NodeJS.ErrnoException): boolean {
  if (/^Connection terminated|^Client has encountered a connection error/.test(message)) return true
  return ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code ?? '')
}

/** The whole service as in production: web process on the built site, worker, its own database, and a mail server. */
export class Stack {
  readonly sink = new MailSink()
  readonly log: string[] = []
  url = ''
  env: Record<string, string> = {}
  web!: ChildProcess
  worker: ChildProcess | undefined
  db!: pg.Pool
  #drop = async () => {}
  readonly #folder: string

  /** @param folder the folder of the built site */
  constructor(folder = '.') {
    this.#folder = folder
  }

  async start(env: Record<string, string> = {}): Promise<this> {
    const database = await createDatabase()
    this.#drop = database.drop
    await this.sink.start()
    const port = await freePort()
    this.url = `http://localhost:${port}`
    this.env = {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      // Like the launcher: a quarter less time to ready.
      NODE_COMPILE_CACHE: resolve('node_modules/.cache/compiled'),
      PORT: String(port),
      HOST: '127.0.0.1',
      APP_URL: this.url,
      APP_SECRET: 'a secret for tests, forty characters long',
      DATABASE_URL: database.url,
      SMTP_URL: this.sink.url,
      RATE_LIMIT: 'off',
      ...env,
    }
    this.#openDatabase(database.adminUrl)
    await this.startWeb()
    if (this.env.WORKER !== 'off') this.startWorker()
    return this
  }

  async startWeb(): Promise<void> {
    this.web = this.#spawn('web', BUILT.site)
    for (const giveUp = Date.now() + START_MS; Date.now() < giveUp; await sleep(50)) {
      if (this.web.exitCode !== null) throw new Error(`the web process ended:\n${this.log.join('')}`)
      if ((await fetch(`${this.url}/healthz`).catch(() => undefined))?.ok) return
    }
    throw new Error(`the web process does not answer:\n${this.log.join('')}`)
  }

  startWorker(): void {
    this.worker = this.#spawn('worker', BUILT.worker)
  }

  /** Kills a process, by default with SIGKILL. Resolves when it is gone. */
  async kill(child: ChildProcess | undefined, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  /** Posts a form as JSON. */
  post(form: string, fields: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/api/submissions/${form}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof fields === 'string' ? fields : JSON.stringify(fields),
    })
  }

  /** Makes `query` use another server, the one in the processes' DATABASE_URL. */
  async useServer(server: EmbeddedServer): Promise<void> {
    await this.db.end()
    this.#openDatabase(await adminUrl(server))
  }

  /** Queries the database as superuser. Retries while PostgreSQL is restarting. */
  async query<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    for (const giveUp = Date.now() + RECOVERY_MS; ; await sleep(100)) {
      try {
        return (await this.db.query(text, values)).rows as Row[]
      } catch (error) {
        if (!isTemporary(error as Error) || Date.now() > giveUp) throw error
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.kill(this.web), this.kill(this.worker)])
    await this.sink.stop()
    await this.db?.end()
    await this.#drop()
  }

  #openDatabase(url: string): void {
    this.db = new pg.Pool({ connectionString: url, max: 4 })
    this.db.on('error', () => {}) // tests stop the database
  }

  #spawn(name: Child, args: string[]): ChildProcess {
    const env = childEnvironment(name, this.env)
    const child = spawn('node', args, { cwd: this.#folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => this.log.push(String(chunk)))
    return child
  }
}
