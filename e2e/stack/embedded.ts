import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach } from 'vitest'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'

export const asRoot = process.getuid?.() === 0

/**
 * A temporary folder for embedded servers. Each server is stopped after its test, and the folder is removed after the
 * last one. `mountSmall` returns false if this user may not mount a disk.
 */
export function givenFolder() {
  const root = mkdtempSync(join(tmpdir(), 'trackstat-embedded-'))
  // As root the server runs as another user, who needs access.
  chmodSync(root, 0o711)
  const running: EmbeddedServer[] = []
  const mounts: string[] = []
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop()
  })
  afterAll(() => {
    for (const folder of mounts) spawnSync('umount', [folder])
    rmSync(root, { recursive: true, force: true })
  })
  return {
    root,
    async start(folder: string): Promise<EmbeddedServer> {
      const server = await startEmbedded(folder)
      running.push(server)
      return server
    },
    mountSmall(folder: string, options: string): boolean {
      const done = asRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0
      if (done) mounts.push(folder)
      return done
    },
  }
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}
