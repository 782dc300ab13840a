import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { findEmbedded } from '#lib/postgres/server'
import { isAlive } from '#lib/process/identity'
import { asRoot, givenFolder, query } from '../../e2e/stack/embedded.ts'

const { root, start } = givenFolder()
const kept = join(root, 'kept')

/** Starts a server from a process that is killed with -9 once it runs, or as soon as `isTime` says so. */
async function startAndKill(folder: string, isTime?: () => boolean): Promise<void> {
  const code = `import { startEmbedded } from '#lib/postgres/server'; await startEmbedded(process.argv[1]); console.log('runs'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  child.stdout.once('data', () => child.kill('SIGKILL'))
  while (isTime && child.exitCode === null && !isTime()) await sleep(5)
  if (isTime) child.kill('SIGKILL')
  await exit
}

async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isAlive(pid)).toBe(false)
}

test('a first start makes a durable, closed server; the second finds it made', async () => {
  const { url, ownerUrl, dataDir, stop, takenOver } = await start(kept)
  expect(takenOver).toBe(false)
  expect(new URL(url).hostname).toBe('127.0.0.1')
  const [settings] = await query(
    url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('full_page_writes') as pages, current_setting('TimeZone') as zone,
       current_setting('listen_addresses') as host, current_setting('server_encoding') as encoding,
       current_setting('password_encryption') as password,
       (select rolsuper from pg_roles where rolname = current_user) as super`,
  )
  expect(settings).toEqual({
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    zone: 'UTC',
    host: '127.0.0.1',
    encoding: 'UTF8',
    password: 'scram-sha-256',
    super: false,
  })
  expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)
  expect(statSync(dataDir).mode & 0o077).toBe(0)
  expect(await findEmbedded(kept)).toBe(url)
  await expect(query(url.replace(/:[^:@]+@/, ':guessed@'), 'select')).rejects.toThrow(/password/)
  await query(ownerUrl, 'create table kept (n int); insert into kept values (1)')
  await stop()
  expect(await findEmbedded(kept)).toBeUndefined()

  const made = statSync(join(dataDir, 'cluster', 'PG_VERSION')).mtimeMs
  const again = await start(kept)
  expect(statSync(join(dataDir, 'cluster', 'PG_VERSION')).mtimeMs).toBe(made)
  expect(again.url).toBe(url)
  expect(await query(again.ownerUrl, 'select n from kept')).toEqual([{ n: 1 }])
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain(new URL(url).password)
})

test('a living server, left by a kill -9 of its parent, is taken over', async () => {
  await startAndKill(kept)
  const url = await findEmbedded(kept)
  const [first, second] = await Promise.all([start(kept), start(kept)])
  expect([first.url, first.takenOver, second.pid]).toEqual([url, true, first.pid])
  await kill(first.pid)
  // At once: the dead server's own processes may still be there.
  const next = await start(kept)
  expect(next.takenOver).toBe(false)
  expect(await query(next.ownerUrl, 'select n from kept')).toEqual([{ n: 1 }])
})

test('a folder with any characters in its name works, also after a kill', async () => {
  const folder = join(root, `it's "a" $HOME \`id\` & 100 % ü`)
  const { pid } = await start(folder)
  await kill(pid)
  const { url, takenOver } = await start(folder)
  expect([takenOver, await query(url, 'select 1 as one')]).toEqual([false, [{ one: 1 }]])
})

test('two starts at the same moment share one server', async () => {
  const [first, second] = await Promise.all([start(kept), start(kept)])
  expect(first.pid).toBe(second.pid)
})

test('a number in postmaster.pid that another program has now does not keep it from starting', async () => {
  const { dataDir, stop } = await start(kept)
  const file = join(dataDir, 'cluster', 'postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  await stop()
  const { uid, gid } = statSync(join(dataDir, 'cluster'))
  // The same user's: PostgreSQL by itself refuses to start then.
  const other = spawn('sleep', ['60'], { stdio: 'ignore', ...(asRoot && { uid, gid }) })
  try {
    writeFileSync(file, [other.pid, ...lines.slice(1)].join('\n'))
    const { takenOver } = await start(kept)
    expect(takenOver).toBe(false)
  } finally {
    other.kill()
  }
})

test('a first start that is killed leaves nothing half-made', async () => {
  const folder = join(root, 'cut-off')
  const dataDir = join(folder, 'postgres')
  await startAndKill(
    folder,
    () => existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith('cluster.new')),
  )
  const { url } = await start(folder)
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(readdirSync(dataDir).filter((name) => name.includes('.new'))).toEqual([])
})
