import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'
import { formerIdentity, systemIdentity } from '#lib/postgres/system-user'

/** Which system user root's embedded server runs as. */
const asRoot = process.getuid?.() === 0
const root = mkdtempSync(join(tmpdir(), 'trackstat-identity-'))
// The server's own user must pass through.
chmodSync(root, 0o711)
const running: EmbeddedServer[] = []

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded(folder)
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ownersIn = (folder: string) => [
  ...new Set(
    ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map(
      (name) => statSync(join(folder, name)).uid,
    ),
  ),
]
const userOf = (pid: number) =>
  Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

/** Asks for the identity in a process that finds only these programs. */
function identityWith(programs: Record<string, string>): string {
  const folder = mkdtempSync(join(root, 'bin-'))
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const code = `import { systemIdentity } from '#lib/postgres/system-user'
    try { console.log(JSON.stringify(systemIdentity())) } catch (error) { console.log(error.message) }`
  const env = { PATH: folder, SECRET: 'x' } as unknown as NodeJS.ProcessEnv
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env,
    encoding: 'utf8',
  }).stdout.trim()
}

if (asRoot) {
  test('the server runs as a system user of our own, who owns its files', async () => {
    const { pid, dataDir } = await start(join(root, 'own'))
    const { uid } = systemIdentity()
    expect(spawnSync('id', ['-un', String(uid)], { encoding: 'utf8' }).stdout).toBe('trackstat\n')
    expect(userOf(pid)).toBe(uid)
    expect(ownersIn(join(dataDir, 'cluster'))).toEqual([uid])
  })

  test('a folder that was given to the user postgres is handed over once its server has stopped', async () => {
    const former = formerIdentity()
    // A machine without that user has no such folder.
    if (!former) return
    const data = join(root, 'former')
    const first = await start(data)
    const { dataDir } = first
    await first.stop()
    spawnSync('chown', ['-R', `${former.uid}:${former.gid}`, dataDir])
    const { pid } = await start(data)
    const { uid } = systemIdentity()
    expect(userOf(pid)).toBe(uid)
    expect(ownersIn(join(dataDir, 'cluster'))).toEqual([uid])
  })

  test('a folder in which the user postgres runs this program stays theirs', async () => {
    const former = formerIdentity()
    if (!former) return
    const data = join(root, 'theirs')
    const first = await start(data)
    await first.stop()
    spawnSync('chown', ['-R', `${former.uid}:${former.gid}`, data])
    const { pid } = await start(data)
    expect(userOf(pid)).toBe(former.uid)
  })

  test('without useradd it is made as BusyBox does it, and no command sees our settings', () => {
    const note = join(root, 'calls')
    const call = `echo "$0 $* $SECRET" >> ${note}`
    const made = join(root, 'made')
    const answer = identityWith({
      id: `[ -e ${made} ] && echo 77`,
      addgroup: call,
      adduser: `${call}; : > ${made}`,
    })
    expect(JSON.parse(answer)).toEqual({ uid: 77, gid: 77 })
    const calls = readFileSync(note, 'utf8').replaceAll(/^\S*\//gm, '')
    expect(calls).toBe('addgroup -S trackstat \nadduser -S -D -H -s /sbin/nologin -G trackstat trackstat \n')
  })

  test('where no user can be made, it says how to', () => {
    expect(identityWith({})).toMatch(
      /does not run as root.*useradd --system trackstat; on Alpine: addgroup -S trackstat.*ordinary user.*DATABASE_URL/,
    )
  })
} else
  test('who is not root runs the server as themselves', async () => {
    mkdirSync(join(root, 'mine'))
    expect(systemIdentity()).toEqual({})
    expect(userOf((await start(join(root, 'mine'))).pid)).toBe(process.getuid?.())
  })
