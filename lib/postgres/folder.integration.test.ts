import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SYSTEM_FOLDER } from '#lib/postgres/cluster-location'
import { explainFault } from '#lib/postgres/fault'
import { asRoot, givenFolder } from '../../e2e/stack/embedded.ts'

/** The embedded server on unusual folders and disks. */
const { root, start, mountSmall } = givenFolder()
const elsewhere: string[] = []

afterAll(() => {
  for (const folder of elsewhere) rmSync(folder, { recursive: true, force: true })
})

test('a folder made by a newer PostgreSQL is refused with what to do', async () => {
  const cluster = join(root, 'newer', 'postgres', 'cluster')
  mkdirSync(cluster, { recursive: true })
  if (asRoot)
    for (const part of [root, join(root, 'newer'), join(root, 'newer', 'postgres'), cluster])
      chmodSync(part, 0o711)
  writeFileSync(join(cluster, 'PG_VERSION'), '99\n')
  await expect(start(join(root, 'newer'))).rejects.toThrow(
    /made by PostgreSQL 99; this is PostgreSQL 18.*newer version/,
  )
})

test('a folder that can not be written is named, with what to do', async () => {
  writeFileSync(join(root, 'file'), '')
  await expect(start(join(root, 'file'))).rejects.toThrow(/a file is where the folder .* should be/)
  const closed = join(root, 'closed')
  mkdirSync(closed)
  if (!mountSmall(closed, 'ro')) {
    // If root can't mount, no folder is unwritable for it.
    if (asRoot) return
    chmodSync(closed, 0o500)
  }
  await expect(start(join(closed, 'data'))).rejects.toThrow(
    /read-only disk|may not be read or written by this user/,
  )
})

test('a full disk is named at the first start and at a later one, and nothing is lost', async () => {
  const small = join(root, 'small')
  mkdirSync(small)
  if (!mountSmall(small, 'size=24m,mode=711')) {
    // initdb's and the server's own words on a full disk; only root can make one to see them.
    for (const said of [
      'initdb: error: could not write: No space left on device',
      'FATAL: could not write lock file "postmaster.pid": No space left on device',
    ])
      expect(explainFault('PostgreSQL could not start', root, said).message).toMatch(
        /the disk is full \(\d+ MB left/,
      )
    return
  }
  await expect(start(join(small, 'data'))).rejects.toThrow(/the disk is full/)
  expect(readdirSync(join(small, 'data', 'postgres')).filter((name) => name.startsWith('cluster'))).toEqual(
    [],
  )
  spawnSync('mount', ['-o', 'remount,size=120m', small])
  const { stop } = await start(join(small, 'data'))
  await stop()
  const filler = join(small, 'filler')
  expect(() => {
    for (;;) appendFileSync(filler, Buffer.alloc(1_048_576))
  }).toThrow(/ENOSPC/)
  expect(() => {
    for (;;) appendFileSync(filler, Buffer.alloc(512))
  }).toThrow(/ENOSPC/)
  await expect(start(join(small, 'data'))).rejects.toThrow(/the disk is full/)
  rmSync(filler)
  expect((await start(join(small, 'data'))).takenOver).toBe(false)
})

if (asRoot)
  test("root's clone in a closed home keeps its data in the system folder: moved it keeps it, copied it does not share it", async () => {
    const home = join(root, 'home')
    mkdirSync(join(home, 'clone', 'data'), { recursive: true })
    chmodSync(home, 0o700)
    const first = await start(join(home, 'clone', 'data'))
    elsewhere.push(first.dataDir)
    expect(first.dataDir.startsWith(`${SYSTEM_FOLDER}/clone-`)).toBe(true)
    writeFileSync(join(first.dataDir, 'mine'), '')
    await first.stop()

    cpSync(join(home, 'clone'), join(home, 'copy'), { recursive: true, verbatimSymlinks: true })
    const copied = await start(join(home, 'copy', 'data'))
    elsewhere.push(copied.dataDir)
    expect(copied.dataDir).not.toBe(first.dataDir)

    renameSync(join(home, 'clone'), join(home, 'moved'))
    const moved = await start(join(home, 'moved', 'data'))
    expect(moved.dataDir).toBe(first.dataDir)
    expect(readdirSync(moved.dataDir)).toContain('mine')
  })
