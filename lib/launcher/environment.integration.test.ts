import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Child, childEnvironment } from '#lib/launcher/environment'
import { isAlive } from '#lib/process/identity'
import { SETTINGS, type Setting } from '#lib/settings'
import { freePort } from '../../e2e/stack/free-port.ts'
import { type Launch, launch, makeProject } from '../../e2e/stack/launcher-project.ts'

/** The environment of each child of the launcher, read from the running processes. */
const GIVEN = {
  SMTP_URL: 'smtp://user:smtp-secret@127.0.0.1:25',
  DKIM_DOMAIN: 'example.com',
  DKIM_SELECTOR: 'mail',
  DKIM_PRIVATE_KEY: 'dkim-secret',
  WEBHOOK_URL: 'https://app.example.com/hook',
  WEBHOOK_SECRET: `whsec_${'k'.repeat(43)}=`,
  WEBHOOK_ALLOW: 'app.example.com',
  API_TOKEN: 'api-token-of-more-than-32-characters',
  APP_SECRET: 'app-secret-of-more-than-32-characters',
} satisfies Partial<Record<Setting, string>>
/** Other variables in an operator's shell or on CI. */
const STRAY = { AWS_SECRET_ACCESS_KEY: 'stray', NODE_AUTH_TOKEN: 'stray', PGPASSWORD: 'stray' }

const projects: string[] = []
const launches: Launch[] = []
afterAll(async () => {
  for (const { child, ended } of launches) {
    child.kill('SIGTERM')
    await ended()
  }
  for (const project of projects) rmSync(project, { recursive: true, force: true })
})

async function run(env: Record<string, string>): Promise<string> {
  const project = makeProject()
  projects.push(project)
  const made = launch(project, {
    PORT: String(await freePort()),
    LC_ALL: 'C',
    ...STRAY,
    ...env,
  })
  launches.push(made)
  await made.ready()
  return project
}

/** The environment of a running process: settings with a value, and all others. */
function environmentOf(pid: number): { settings: Record<string, string>; others: Record<string, string> } {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)
  return sort(Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))))
}

function sort(environment: Record<string, string>) {
  const all = Object.entries(environment)
  const isSetting = ([name]: [string, string]) => SETTINGS.includes(name as Setting)
  return {
    settings: Object.fromEntries(all.filter((each) => isSetting(each) && each[1])),
    others: Object.fromEntries(all.filter((each) => !isSetting(each))),
  }
}

function childrenOf(project: string): Partial<Record<Child, ReturnType<typeof environmentOf>>> {
  const noted: { pid: number }[] = JSON.parse(readFileSync(join(project, 'data/run.json'), 'utf8'))
  return Object.fromEntries(
    // The preparation is recorded too, but has ended.
    noted
      .filter(({ pid }) => isAlive(pid))
      .map(({ pid }) => {
        const environment = environmentOf(pid)
        return [environment.others.TRACKSTAT_PROCESS, environment]
      }),
  )
}

const linux = process.platform === 'linux'

test.runIf(linux)(
  'site and worker get their own settings, the database and the build none',
  async () => {
    const project = await run(GIVEN)
    const { web, worker } = childrenOf(project)
    const common = ['APP_SECRET', 'APP_URL', 'DATABASE_URL', 'DATA_DIR', 'HOST', 'PORT']
    expect(Object.keys(web?.settings ?? {}).sort()).toEqual(['API_TOKEN', ...common])
    expect(Object.keys(worker?.settings ?? {}).sort()).toEqual(
      [...Object.keys(GIVEN).filter((name) => name !== 'API_TOKEN'), ...common.slice(1)].sort(),
    )
    for (const child of [web, worker]) {
      expect(Object.keys(child?.others ?? {})).toEqual(expect.arrayContaining(['PATH', 'LC_ALL', 'NODE_ENV']))
      expect(JSON.stringify(child)).not.toContain('stray')
    }
    const postmaster = readFileSync(join(project, 'data/postgres/cluster/postmaster.pid'), 'utf8')
    const database = environmentOf(Number(postmaster.split('\n')[0]))
    expect(database.settings).toEqual({})
    // Variables from us, and those that pg_ctl and its shell add.
    const known = /^(LC_ALL|PATH|TZ|PGDATA|PGSYSCONFDIR|PGLOCALEDIR|PG_GRANDPARENT_PID|PWD|OLDPWD|SHLVL|_)$/
    expect(Object.keys(database.others).filter((name) => !known.test(name))).toEqual([])
    const build = sort(JSON.parse(readFileSync(join(project, 'build-environment'), 'utf8')))
    expect(build.settings).toEqual({})
    expect(JSON.stringify(build)).not.toContain('stray')
  },
  60_000,
)

test('what is withheld does not come back from the .env file, and the site takes its settings as whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-env-'))
  projects.push(folder)
  const file = { ...GIVEN, APP_URL: 'https://www.example.com' }
  writeFileSync(
    join(folder, '.env'),
    Object.entries(file)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(''),
  )
  // As Next does it when it starts, and as we do it.
  const code = `
    import env from ${JSON.stringify(resolve('node_modules/@next/env/dist/index.js'))}
    import { readConfig } from ${JSON.stringify(resolve('lib/config.ts'))}
    env.loadEnvConfig('.', false)
    console.log(JSON.stringify([readConfig(), process.env]))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    env: childEnvironment('web', { ...file, NODE_ENV: 'production' }),
    encoding: 'utf8',
  })
  const [config, environment] = JSON.parse(stdout || `"${stderr}"`)
  expect(config).toMatchObject({ appUrl: file.APP_URL, apiToken: GIVEN.API_TOKEN })
  for (const name of ['smtpUrl', 'dkim', 'webhook']) expect(config[name], name).toBeUndefined()
  expect(sort(environment).settings).toEqual({
    API_TOKEN: GIVEN.API_TOKEN,
    APP_SECRET: GIVEN.APP_SECRET,
    APP_URL: file.APP_URL,
  })
})

test('the client settings of an own database server go with its address', () => {
  const from = { PGSSLMODE: 'verify-full', DATABASE_URL: 'postgres://u@h/d' }
  const before = process.env.DATABASE_URL
  try {
    process.env.DATABASE_URL = from.DATABASE_URL
    expect(childEnvironment('worker', from).PGSSLMODE).toBe('verify-full')
    expect(childEnvironment('build', from).PGSSLMODE).toBeUndefined()
    delete process.env.DATABASE_URL
    expect(childEnvironment('worker', from).PGSSLMODE).toBeUndefined()
  } finally {
    if (before) process.env.DATABASE_URL = before
  }
})
