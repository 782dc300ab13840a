import { createHash, type Hash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** Folders that the build does not read. All others at the top level count, so that a new one is not forgotten. */
const NOT_BUILT = new Set(['data', 'docs', 'e2e', 'node_modules', 'tools'])
/** Top-level files that count. Others may be the operator's: a log there must not cause a build at each start. */
const CONFIGURATION = /\.(ts|mts|js|mjs|cjs|json)$/
const GENERATED = new Set(['next-env.d.ts'])
const STAMP = '.next/built-from'

/**
 * A hash over all files that the build may depend on, without tests.
 * @param dataDir excluded, wherever it is
 */
export async function hashSources(dataDir: string): Promise<string> {
  const hash = createHash('sha256')
  for (const entry of await entriesOf('.')) {
    const { name } = entry
    if (name.startsWith('.') || resolve(name) === dataDir) continue
    if (entry.isDirectory() && !NOT_BUILT.has(name)) await addFolder(hash, name)
    else if (entry.isFile() && CONFIGURATION.test(name) && !GENERATED.has(name)) await addFile(hash, name)
  }
  return hash.digest('hex')
}

/** Whether the build in `.next` is complete and was made from these sources. */
export async function isBuiltFrom(sources: string): Promise<boolean> {
  return (await readFile(STAMP, 'utf8').catch(() => undefined)) === sources
}

/** Called before a build, so that an interrupted one does not count. */
export async function removeStamp(): Promise<void> {
  await rm(STAMP, { force: true })
}

export async function writeStamp(sources: string): Promise<void> {
  await mkdir('.next', { recursive: true })
  await writeFile(STAMP, sources)
}

async function addFolder(hash: Hash, folder: string): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await addFolder(hash, path)
    else if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) await addFile(hash, path)
  }
}

async function entriesOf(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function addFile(hash: Hash, path: string): Promise<void> {
  const content = await readFile(path)
  hash.update(`${path}\0${content.length}\0`).update(content)
}
