import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { atMost, figure, type Mark, megabytes } from './mark.ts'

/** Packages whose size is in the table, in its order. */
const LARGEST = 5

/** Kilobytes on disk of a folder and of its direct children. */
function sizes(folder: string): [name: string, kilobytes: number][] {
  const lines = execFileSync('du', ['-k', '--max-depth=1', folder], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [kilobytes = '0', path = ''] = line.split('\t')
    return [path.slice(folder.length + 1), Number(kilobytes)]
  })
}

/** What `npm start` installs in a fresh copy of the tracked files, from npm's cache if possible. */
export async function measureInstall(): Promise<Mark[]> {
  const copy = mkdtempSync(join(tmpdir(), 'trackstat-install-'))
  try {
    const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
    for (const file of tracked) cpSync(file, join(copy, file))
    const PATH = (process.env.PATH ?? '')
      .split(delimiter)
      .filter((part) => !part.includes('node_modules'))
      .join(delimiter)
    const env = { ...process.env, PATH, npm_config_prefer_offline: 'true' }
    const began = performance.now()
    execFileSync('npm', ['run', 'prestart'], { cwd: copy, env, stdio: ['ignore', 'ignore', 'inherit'] })
    const seconds = (performance.now() - began) / 1000
    const all = sizes(join(copy, 'node_modules')).toSorted(([, one], [, other]) => other - one)
    const [[, whole = 0] = []] = all
    return [
      atMost('node_modules that npm start installs', 500, whole / 1024, megabytes),
      figure('  installed in', `${seconds.toFixed(0)} s`),
      ...all
        .slice(1, LARGEST + 1)
        .map(([name, kilobytes]) => figure(`  ${name}`, megabytes(kilobytes / 1024))),
    ]
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
