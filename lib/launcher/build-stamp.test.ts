import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hashSources } from '#lib/launcher/build-stamp'

const project = mkdtempSync(join(tmpdir(), 'trackstat-build-'))
const before = process.cwd()
process.chdir(project)
afterAll(() => {
  process.chdir(before)
  rmSync(project, { recursive: true, force: true })
})

/** Whether a new file requires another build. */
async function matters(file: string): Promise<boolean> {
  const known = await hashSources(join(project, 'own-data'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, 'x')
  return (await hashSources(join(project, 'own-data'))) !== known
}

test.each(['app/page.tsx', 'themes/dark.css', 'proxy.ts', 'package-lock.json', 'public/icon.svg'])(
  '%s belongs to the build, also in a folder that is new',
  async (file) => expect(await matters(file)).toBe(true),
)

test.each([
  'app/page.test.ts',
  'e2e/x.spec.ts',
  'data/postgres/x',
  'own-data/x',
  'node_modules/x/index.js',
  '.next/x.js',
  '.env',
  'server.log',
  'next-env.d.ts',
  'README.md',
])('%s does not', async (file) => expect(await matters(file)).toBe(false))
