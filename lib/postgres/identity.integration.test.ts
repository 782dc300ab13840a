import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemIdentity } from '#lib/postgres/system-user'
import { asRoot, givenFolder } from '../../e2e/stack/embedded.ts'

/** Which system user root's embedded server runs as. */
const { root, start } = givenFolder()

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

  /** A folder whose cluster belongs to a user that is neither ours nor the owner of DATA_DIR. */
  const OTHER_USER = 54_321
  const give = (folder: string) => spawnSync('chown', ['-R', `${OTHER_USER}:${OTHER_USER}`, folder])

  test("another user's cluster, as older versions made it, is refused and left as it is", async () => {
    const data = join(root, 'older')
    const { dataDir, stop } = await start(data)
    await stop()
    give(dataDir)
    await expect(start(data)).rejects.toThrow(
      /belongs to user number 54321\. It was made by a version before the first release.*DATA_DIR/,
    )
    expect(ownersIn(dataDir)).toEqual([OTHER_USER])
  })

  test('a DATA_DIR of an ordinary user is run as that user', async () => {
    const data = join(root, 'theirs')
    const { stop } = await start(data)
    await stop()
    give(data)
    expect(userOf((await start(data)).pid)).toBe(OTHER_USER)
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
