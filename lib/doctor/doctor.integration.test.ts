import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../e2e/stack/free-port.ts'
import { MailSink, reply } from '../../e2e/stack/mail-sink.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

/** `npm run doctor` as an operator runs it: what is wrong is named with what to do, and the exit code tells. */
const query = givenOwnDatabase()
const sink = new MailSink()
const folder = mkdtempSync(join(tmpdir(), 'trackstat-doctor-'))
beforeAll(() => sink.start())
afterAll(async () => {
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs it with settings; answers its exit code and its lines. */
async function runDoctor(more: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const { PATH = '', DATABASE_URL = '' } = process.env
  const settings = {
    PORT: String(await freePort()),
    APP_SECRET: 'a secret for tests, forty characters long',
    DATA_DIR: folder,
    DATABASE_URL,
    SMTP_URL: sink.url,
  }
  const env = { PATH, ...settings, ...more } as unknown as NodeJS.ProcessEnv
  const { code = 0, stdout } = await promisify(execFile)('node', ['lib/doctor/doctor.ts'], { env }).catch(
    (end) => end,
  )
  return { code, said: stdout }
}
const wrongIn = (said: string) => said.match(/^WRONG {2}.*$/gm) ?? []

test('a service without a worker: that alone is wrong', async () => {
  const { code, said } = await runDoctor()
  expect(wrongIn(said)).toEqual([expect.stringMatching(/Worker +none has reported.*npm run worker/)])
  expect(said).toMatch(/^ok {5}Database +PostgreSQL 18/m)
  expect(said).toMatch(/^ok {5}Migrations +all \d+ applied/m)
  expect(said).toMatch(/^ok {5}Mail +127\.0\.0\.1:\d+ answers/m)
  expect(code).toBe(1)
})

test('all is well: every line says so, and the exit code is 0', async () => {
  await query(`insert into workers (id) values ('00000000-0000-4000-8000-000000000001')`)
  const { code, said } = await runDoctor()
  expect(wrongIn(said)).toEqual([])
  expect(code).toBe(0)
})

test('settings that can’t be used are named, each in a line', async () => {
  const { code, said } = await runDoctor({ PORT: 'many', WORKER: 'maybe' })
  expect(wrongIn(said)).toEqual([expect.stringMatching(/PORT: must/), expect.stringMatching(/WORKER: must/)])
  expect(code).toBe(1)
})

test('a database and a mail server that do not answer, and a file in the place of the folder', async () => {
  const nobody = await freePort()
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { said } = await runDoctor({
    DATABASE_URL: `postgres://trackstat:secret-word@127.0.0.1:${nobody}/trackstat`,
    SMTP_URL: `smtp://user:secret-word@127.0.0.1:${nobody}`,
    DATA_DIR: file,
  })
  expect(wrongIn(said)).toEqual([
    expect.stringMatching(/Data .*is a file; move it/),
    expect.stringMatching(/Database .*ECONNREFUSED.*check DATABASE_URL/),
    expect.stringMatching(/Mail .*check SMTP_URL/),
  ])
  expect(said).not.toContain('secret-word')
})

test('a mail server that refuses the sign-in: its own words, as only the doctor repeats them', async () => {
  sink.behaviour.auth = () => reply(535, 'Authentication failed')
  const { said } = await runDoctor({ SMTP_URL: sink.url.replace('//', '//user:secret-word@') })
  expect(wrongIn(said).join('\n')).toMatch(/Mail .*535 Authentication failed.*check SMTP_URL/)
})

test('a database without our tables: npm start applies them', async () => {
  const empty = new URL(process.env.TEST_DATABASE_URL ?? '')
  empty.pathname = '/postgres'
  const { said } = await runDoctor({ DATABASE_URL: empty.href })
  expect(wrongIn(said)).toEqual([
    expect.stringMatching(/Migrations +none is applied; npm start applies them/),
  ])
})
