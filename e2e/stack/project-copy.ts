import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const FOLDERS = ['app', 'content', 'emails', 'lib', 'public', 'server']
const FILES = ['next.config.mjs', 'package.json', 'postcss.config.mjs', 'tsconfig.json']

/**
 * A copy of the project without its tests, to change and build. It is in the folder of test results, where it finds
 * node_modules and is not tracked.
 */
export class ProjectCopy {
  readonly folder: string

  constructor(name: string) {
    this.folder = resolve('e2e/results', name)
    this.remove()
    mkdirSync(this.folder, { recursive: true })
    for (const part of [...FOLDERS, ...FILES].filter((path) => existsSync(path)))
      cpSync(part, join(this.folder, part), {
        recursive: true,
        filter: (path) => !/\.test\.tsx?$/.test(path),
      })
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), content)
  }

  /** Builds it like `npm run build`. `output`: stdout and stderr. */
  build(): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync('node', ['server/build.ts'], {
      cwd: this.folder,
      encoding: 'utf8',
    })
    return { status, output: `${stdout}${stderr}` }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
