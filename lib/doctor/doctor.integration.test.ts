import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../e2e/stack/free-port.ts'
import { MailSink } from '../../e2e/stack/mail-sink.ts'
import { createDatabase, type TestDatabase } from '../../e2e/stack/postgres.ts'

let made: TestDatabase
let admin: pg.Client
const sink = new MailSink()
const folder = mkdtempSync(join(tmpdir(), 'trackstat-doctor-'))
const port = String(await freePort())
let site: Server | undefined

const query = (statement: string) => admin.query(statement)

beforeAll(async () => {
  await sink.start()
  made = await createDatabase()
  admin = new pg.Client({ connectionString: made.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await made.drop()
  await sink.stop()
  site?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs `npm run doctor` where all is well but for these settings. */
async function examine(settings: Record<string, string> = {}): Promise<{ lines: string[]; code: number }> {
  const child = spawn(process.execPath, ['lib/doctor/doctor.ts'], {
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: folder,
      PORT: port,
      APP_SECRET: 'a secret for tests, forty characters long',
      DATABASE_URL: made.url,
      SMTP_URL: sink.url,
      ...settings,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { lines: output.trim().split('\n'), code }
}

async function serve(health: object): Promise<void> {
  site?.close()
  site?.closeAllConnections()
  site = createServer((_, response) => response.end(JSON.stringify(health))).listen(Number(port), '127.0.0.1')
  await once(site, 'listening')
}

test('where all is well each thing has a line, and the status is 0', async () => {
  await query('insert into workers (id) values (gen_random_uuid())')
  const { lines, code } = await examine({ NOTICE_FROM: 'forms@trackstat.org' })
  expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([])
  const things = lines.map((line) => line.slice(7, 19).trim())
  expect(things).toEqual([
    'Node',
    'Settings',
    'Data',
    'Database',
    'Migrations',
    'Worker',
    'Delivery',
    'Mail',
    'Site',
  ])
  expect(code).toBe(0)
})

test('notices whose sender is their recipient are a warning, and the status is 0', async () => {
  const { lines, code } = await examine()
  expect(lines.join('\n')).toMatch(
    /^WARN {3}Notices +notices go from support@trackstat\.org to itself: .*NOTICE_FROM/m,
  )
  expect(code).toBe(0)
})

test('legal pages that counsel has not reviewed are a warning on a public site', async () => {
  const site = { APP_URL: 'https://www.trackstat.org' }
  const { lines, code } = await examine(site)
  expect(lines.join('\n')).toMatch(/^WARN {3}Legal pages +have your counsel review .*LEGAL_REVIEWED=yes$/m)
  expect(code).toBe(0)
  expect((await examine({ ...site, LEGAL_REVIEWED: 'yes' })).lines.join('\n')).not.toContain('counsel')
})

test.each([
  [
    'settings',
    { PORT: 'many', TRIAL_DAYS: '0' },
    /^WRONG +Settings +PORT: must[\s\S]*WRONG +Settings +TRIAL_DAYS: must/m,
  ],
  [
    'the folder',
    { DATA_DIR: join(folder, 'file') },
    /^WRONG +Data +\S+ is a file; move it, or set DATA_DIR$/m,
  ],
  [
    'the database',
    { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/d' },
    /^WRONG +Database +.*; check DATABASE_URL/m,
  ],
  [
    'the mail server',
    { SMTP_URL: 'smtp://127.0.0.1:1' },
    /^WRONG +Mail +127\.0\.0\.1:1: .*; check SMTP_URL/m,
  ],
  ['the host', { HOST: '192.0.2.1' }, /^WRONG +Site +can't listen on 192\.0\.2\.1.*; set HOST and PORT$/m],
])('a fault of %s is named with what to do, and the status is 1', async (_, settings, line) => {
  writeFileSync(join(folder, 'file'), '')
  const { lines, code } = await examine(settings)
  expect(lines.join('\n')).toMatch(line)
  expect(code).toBe(1)
})

test('a worker that was not seen for long, and mail that waits, are wrong', async () => {
  await query(`update workers set seen_at = now() - interval '2 min'`)
  await query(
    `insert into mail_server_state (state, reason, since) values ('refused', '535 no', now() - interval '3 min')`,
  )
  const { lines, code } = await examine()
  expect(lines.join('\n')).toMatch(/^WRONG +Worker +the last was seen 12\d s ago, so no mail goes out/m)
  expect(lines.join('\n')).toMatch(/^WRONG +Delivery +refused for [34] min: 535 no/m)
  expect(code).toBe(1)
})

test('missing migrations are wrong, and a database that is newer than the program', async () => {
  await query('create table kept as select * from drizzle.__drizzle_migrations')
  await query('delete from drizzle.__drizzle_migrations')
  expect((await examine()).lines.join('\n')).toMatch(/^WRONG +Migrations +1 of 1 are missing; npm start/m)
  await query('insert into drizzle.__drizzle_migrations select * from kept')
  await query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9e12)`)
  expect((await examine()).lines.join('\n')).toMatch(/^WRONG +Migrations +the database is newer/m)
  await query(`delete from drizzle.__drizzle_migrations where hash = 'x'`)
})

test('the port: our site with its states, or another program', async () => {
  await serve({ database: 'ok', mail: 'ok', worker: 'ok' })
  expect((await examine()).lines.at(-1)).toMatch(/^ok +Site +\S+ is up$/)
  await serve({ database: 'ok', mail: 'refused', worker: 'silent' })
  expect((await examine()).lines.at(-1)).toBe(`WRONG  ${'Site'.padEnd(12)}mail: refused; worker: silent`)
  await serve({ hello: 'world' })
  expect((await examine()).lines.at(-1)).toMatch(/^WRONG +Site +port \d+ is taken by another program/)
})
