import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What the documents name must be there: a file that is moved is corrected where it is described, too. */
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .trim()
  .split('\n')
const topFolders = new Set(tracked.filter((file) => file.includes('/')).map((file) => file.split('/')[0]))
const { scripts, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

/** A path from the top, such as `lib/config.ts`, or the bare name of a file. Examples of names begin with `x.`. */
function isPath(text: string): boolean {
  if (text.includes('/')) return topFolders.has(text.split('/')[0]) && !text.includes(' ')
  return /^[\w-]+(\.\w+)*\.(md|mjs|tsx?)$/.test(text) && !text.startsWith('x.') && !(text in dependencies)
}

/** `a/{b,c}.ts` → `a/b.ts`, `a/c.ts`. */
function expand(path: string): string[] {
  const [, before, inside, after] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? []
  return inside?.split(',').map((part) => `${before}${part}${after}`) ?? [path]
}

function exists(path: string): boolean {
  if (!path.includes('/')) return tracked.some((file) => file === path || file.endsWith(`/${path}`))
  return tracked.some((file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`))
}

test.each(['README.md', 'lib/DECISIONS.md', ...globSync('docs/*.md')])(
  '%s names no path and no npm script that is gone',
  (document) => {
    const text = readFileSync(document, 'utf8')
    const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside = '']) => inside)
    expect(
      quoted
        .filter(isPath)
        .flatMap(expand)
        .filter((path) => !exists(path)),
    ).toEqual([])
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  },
)
