import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '#lib/jobs/wake-up'
import { migrateEmbedded } from '#lib/launcher/database'
import { startCluster, stopCluster } from '#lib/postgres/control'
import { OWNER, SERVICE } from '#lib/postgres/roles'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'
import { givenFolder, query } from '../../e2e/stack/embedded.ts'
import { adminUrl } from '../../e2e/stack/postgres.ts'

/** What the role of site and worker may do in the embedded server, and what it may not. */
const folder = join(givenFolder().root, 'data')
let server: EmbeddedServer

beforeAll(async () => {
  server = await startEmbedded(folder)
  await migrateEmbedded(server)
})
afterAll(() => server.stop())

/** Attributes, memberships and possessions of the service role. */
const RIGHTS = `select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as attributes,
    (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships,
    (select count(*)::int from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o') as owned
  from pg_roles r where rolname = '${SERVICE}'`
const NONE = [{ attributes: false, memberships: 0, owned: 0 }]

test('the service role has no attribute, no membership and owns nothing', async () => {
  expect(await query(server.url, 'select current_user::text as role')).toEqual([{ role: SERVICE }])
  expect(await query(await adminUrl(server), RIGHTS)).toEqual(NONE)
})

test.each([
  'create table public.x (n int)',
  'create temp table x (n int)',
  'create schema x',
  'create function x() returns int language sql as $$ select 1 $$',
  'create database x',
  'create role x',
  `set role ${OWNER}`,
  'truncate leads',
  'drop table leads',
  'alter table trials disable trigger user',
  'create trigger x after insert on leads execute function trial_event()',
  'alter table leads add column x int',
  'delete from drizzle.__drizzle_migrations',
  'select * from pg_authid',
  `select pg_read_file('postgresql.conf')`,
  `copy leads to program 'cat'`,
  'select pg_reload_conf()',
])('it may not: %s', async (statement) => {
  await expect(query(server.url, statement)).rejects.toThrow(/permission denied|must be owner/)
})

test('it may not enter another database, nor look at or end the connections of others', async () => {
  const others = new URL(server.url)
  for (const name of ['postgres', 'template1']) {
    others.pathname = `/${name}`
    await expect(query(others.href, 'select')).rejects.toThrow(/permission denied/)
  }
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const [own] = (await client.query('select pg_backend_pid() as pid')).rows
  await expect(query(server.url, `select pg_terminate_backend(${own.pid})`)).rejects.toThrow(
    /permission denied/,
  )
  expect(await query(server.url, `select query from pg_stat_activity where pid = ${own.pid}`)).toEqual([
    { query: '<insufficient privilege>' },
  ])
  await client.end()
})

test('it may read and write the rows of every table of ours', async () => {
  const tables = await query(
    server.url,
    `select c.oid::regclass::text as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
       and not has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
       and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')`,
  )
  expect(tables).toEqual([])
  await query(server.url, `insert into events (id, kind) select nextval('events_id_seq'), 'x' where false`)
})

test('it may be woken by what the outbox notifies', async () => {
  const woken = Promise.withResolvers<void>()
  const stop = listen(server.url, () => woken.resolve())
  await woken.promise
  await stop()
})

test('a database without our owner role, as older versions made it, is refused and left as it is', async () => {
  const admin = await adminUrl(server)
  for (const statement of [
    `alter database trackstat owner to ${SERVICE}`,
    `reassign owned by ${OWNER} to ${SERVICE}`,
    `drop owned by ${OWNER}`,
    `drop role ${OWNER}`,
  ])
    await query(admin, statement)
  await server.stop()
  await expect(startEmbedded(folder)).rejects.toThrow(
    /other roles\. It was made by a version before the first release/,
  )
  // Without what prepares a database.
  const running = await startCluster(server.cluster)
  try {
    const address = new URL(admin)
    address.port = String(running.port)
    expect(await query(address.href, `select from pg_roles where rolname = '${OWNER}'`)).toEqual([])
  } finally {
    await stopCluster(server.cluster)
  }
})
