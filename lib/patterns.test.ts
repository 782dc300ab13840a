import { checkSync } from 'recheck'
import { expect, test } from 'vitest'
import { isNode, type Node, nodesIn, serviceFiles } from '../e2e/stack/syntax-tree.ts'

/**
 * Every regular expression of the service takes linear time for every text, a search from each position included (`recheck`,
 * which decides by an automaton where it can, and else by trying; from one seed, so that each run is the same). Tests and
 * what runs only in them are left out.
 */
type Pattern = { source: string; flags: string; places: string[] }

const place = (file: string, node: Node) => `${file}:${(node.loc as { start: { line: number } }).start.line}`

/** Whether a node makes a pattern of a text that can't be read here. */
function makesPattern({ type, callee }: Node): boolean {
  return (type === 'NewExpression' || type === 'CallExpression') && isNode(callee) && callee.name === 'RegExp'
}

const patterns = new Map<string, Pattern>()
const made: string[] = []
for (const file of serviceFiles) {
  for (const node of nodesIn(file)) {
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
  const verdict = checkSync(source, flags, { timeout: 60_000, randomSeed: 1 })
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
