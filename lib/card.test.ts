import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readArticles } from '#lib/articles/library'

/** What the product is made of, by name, and a place where each serves. */
const serves: [string, RegExp][] = [
  ['next', /^app\//],
  ['react', /^app\/_ui\/form\//],
  ['react-hook-form', /^app\/_ui\/form\//],
  ['zod', /^lib\/forms\/submission-schema\.ts$/],
  ['nodemailer', /^lib\/mail\//],
  ['@vercel/og', /^app\/_ui\/social-card\//],
  ['playwright', /^tools\/film\//],
]

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const declared: Record<string, string> = { ...dependencies, ...devDependencies }
const list = ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx']
const sources = execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n')

test.each(serves)('%s is a dependency of an exact version, and imported where it serves', (name, place) => {
  expect(declared[name]).toMatch(/^\d+\.\d+\.\d+$/)
  const importing = sources.filter(
    (file) =>
      place.test(file) &&
      new RegExp(`from '${name}(/[^']+)?'`).test(
        readFileSync(file, 'utf8').replace(/^import type .*$/gm, ''),
      ),
  )
  expect(importing).not.toEqual([])
})

test('a social card is drawn by @vercel/og, from files of this machine alone', async () => {
  const wrapped = sources.filter((file) => /from 'next\/og'/.test(readFileSync(file, 'utf8')))
  expect(wrapped).toEqual([])
  const asked: string[] = []
  const { fetch: real } = globalThis
  // One of its WebAssembly modules is a data: address in its own source.
  const fetchLocal: typeof fetch = async (address, ...rest) => {
    if (String(address).startsWith('data:')) return real(address, ...rest)
    asked.push(String(address))
    throw new Error('there is no network')
  }
  vi.stubGlobal('fetch', fetchLocal)
  onTestFinished(() => void vi.unstubAllGlobals())
  const { socialCard } = await import('#ui/social-card/card')
  for (const { title, subtitle } of readArticles()) {
    const png = Buffer.from(await socialCard(title, subtitle).arrayBuffer())
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630])
  }
  expect(asked).toEqual([])
})
