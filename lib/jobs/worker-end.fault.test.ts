import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { SOURCE } from '#lib/launcher/commands'
import { ScriptedServer } from '../../e2e/faults/scripted-server.ts'
import { freePort } from '../../e2e/stack/free-port.ts'
import { createDatabase, type TestDatabase } from '../../e2e/stack/postgres.ts'

/** The promised time, and a margin for a busy machine. */
const END_MS = 10_000 + 3000

let made: TestDatabase
let port: number
const sockets = new Set<Socket>()
const servers: Server[] = []
const children: ChildProcess[] = []
beforeAll(async () => {
  made = await createDatabase()
})
afterAll(() => made.drop())
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

/** Listens where the worker expects PostgreSQL. */
async function listen(serve: (socket: Socket) => void): Promise<void> {
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    serve(socket)
  })
  servers.push(server.listen(port, '127.0.0.1'))
  await once(server, 'listening')
}

function forward(socket: Socket): void {
  const { hostname, port } = new URL(made.url)
  const other = connect(Number(port), hostname).on('error', () => {})
  sockets.add(other)
  socket.pipe(other).pipe(socket)
}

/** From now on PostgreSQL does not answer, and its connections stay open. */
function silence(): void {
  for (const socket of sockets) socket.unpipe().pause()
}

async function startWorker(smtpPort = 9) {
  const url = new URL(made.url)
  url.port = String(port)
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: url.href,
    APP_SECRET: 'a secret for tests, forty characters long',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  }
  const child = spawn(process.execPath, SOURCE.worker, { env: env as unknown as NodeJS.ProcessEnv })
  children.push(child)
  const output: string[] = []
  child.stdout?.on('data', (chunk) => output.push(String(chunk)))
  child.stderr?.on('data', (chunk) => output.push(String(chunk)))
  return { child, output: () => output.join('') }
}

async function endsWell({ child, output }: Awaited<ReturnType<typeof startWorker>>): Promise<void> {
  const ended = once(child, 'exit')
  const began = Date.now()
  child.kill('SIGTERM')
  expect(await ended, output()).toEqual([0, null])
  expect(Date.now() - began).toBeLessThan(END_MS)
  expect(output()).not.toContain('the process failed')
}

test('SIGTERM while the database has never been reachable: exit 0', async () => {
  port = await freePort()
  const worker = await startWorker()
  await expect.poll(worker.output).toContain('could not start')
  await endsWell(worker)
})

test('SIGTERM while the database does not answer the start: exit 0', async () => {
  port = await freePort()
  await listen(() => {})
  const worker = await startWorker()
  await expect.poll(() => sockets.size).toBeGreaterThan(0)
  await endsWell(worker)
})

test.each(['refuses connections', 'does not answer'])(
  'SIGTERM while the database %s: exit 0',
  async (fault) => {
    port = await freePort()
    await listen(forward)
    const worker = await startWorker()
    await expect.poll(worker.output).toContain('delivery is running')
    if (fault === 'does not answer') silence()
    else {
      servers.pop()?.close()
      for (const socket of sockets) socket.destroy()
    }
    await endsWell(worker)
  },
)

test('SIGTERM while a mail waits for the reply to its final dot: exit 0, and the mail is due again after its lease', async () => {
  const server = await new ScriptedServer().start()
  server.script = (verb) => (verb === 'dot' ? 'hang' : undefined)
  port = await freePort()
  await listen(forward)
  const client = new pg.Client(made.adminUrl)
  await client.connect()
  try {
    await client.query(
      `insert into mails (id, kind, recipient, message_id, state, raw)
       values (gen_random_uuid(), 'alarm', 'a@example.com', '<a@b>', 'queued', 'Subject: x')`,
    )
    const worker = await startWorker(server.port)
    await expect.poll(() => server.dots.length).toBe(1)
    await endsWell(worker)
    const { rows } = await client.query(
      `select state, not_before < now() + interval '20 seconds' as soon from mails`,
    )
    expect(rows).toEqual([{ state: 'sending', soon: true }])
  } finally {
    await client.end()
    await server.stop()
  }
})
