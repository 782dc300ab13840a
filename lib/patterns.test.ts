import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type ParseResult, parse } from '@babel/parser'
import { checkSync } from 'recheck'
import { expect, test } from 'vitest'

/**
 * Every regular expression of the service takes linear time for every text, a search from each position included
 * (`recheck`, which decides by an automaton where it can). Tests and what runs only in them are left out.
 */
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => !/\.(test|spec)\.tsx?$/.test(file) && !file.startsWith('e2e/'))

type Node = { type: string; [key: string]: unknown }
type Pattern = { source: string; flags: string; places: string[] }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

function* nodesOf(value: unknown): Generator<Node> {
  if (isNode(value)) yield value
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) if (part !== value) yield* nodesOf(part)
}

function parseFile(file: string): ParseResult['program'] {
  const plugins = file.endsWith('x') ? (['typescript', 'jsx'] as const) : (['typescript'] as const)
  return parse(readFileSync(file, 'utf8'), { sourceType: 'module', plugins: [...plugins] }).program
}

const place = (file: string, node: Node) => `${file}:${(node.loc as { start: { line: number } }).start.line}`

/** Whether a node makes a pattern of a text that can't be read here. */
function makesPattern({ type, callee }: Node): boolean {
  return (type === 'NewExpression' || type === 'CallExpression') && isNode(callee) && callee.name === 'RegExp'
}

const patterns = new Map<string, Pattern>()
const made: string[] = []
for (const file of sources) {
  for (const node of nodesOf(parseFile(file))) {
    if (makesPattern(node)) made.push(place(file, node))
    if (node.type !== 'RegExpLiteral') continue
    const [source, flags] = [String(node.pattern), String(node.flags)]
    const known = patterns.get(`/${source}/${flags}`) ?? { source, flags, places: [] }
    known.places.push(place(file, node))
    patterns.set(`/${source}/${flags}`, known)
  }
}

test('there are patterns to judge', () => expect(patterns.size).toBeGreaterThan(70))

test('each is written as a literal, so that it can be judged', () => expect(made).toEqual([]))

test.each([...patterns])('%s takes linear time', (_, { source, flags, places }) => {
  const verdict = checkSync(source, flags, { timeout: 60_000 })
  const attack = verdict.status === 'vulnerable' ? verdict.attack.pattern : ''
  expect({ status: verdict.status, attack, places }).toEqual({ status: 'safe', attack: '', places })
})

test('the judge knows the patterns that once held up the site', () => {
  for (const [source, flags] of [
    ['^[\\d\\s()+./#*,;:x-]+(?:\\s*(?:ext|extension|x|#)\\.?\\s*\\d+)?$', 'i'],
    ["([\\p{L}\\p{N}_'+&=~-])[\\p{L}\\p{N}_'+.&=~-]*@([\\p{L}\\p{N}.-]+)", 'gu'],
    ['\\s+$', ''],
  ] as const)
    expect(checkSync(source, flags).status, source).toBe('vulnerable')
})
