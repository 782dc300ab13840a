import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { type ParserPlugin, parse } from '@babel/parser'

/** A node of Babel's syntax tree. */
export type Node = { type: string; [key: string]: unknown }

/** The files of the service, without tests and what runs only in them. */
export const serviceFiles = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  { encoding: 'utf8' },
)
  .trim()
  .split('\n')
  .filter((file) => !/\.(test|spec)\.tsx?$/.test(file) && !file.startsWith('e2e/'))

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

/** All nodes of a file, in source order. */
export function nodesIn(file: string, source = readFileSync(file, 'utf8')): Generator<Node> {
  const plugins: ParserPlugin[] = file.endsWith('x') ? ['typescript', 'jsx'] : ['typescript']
  const options = { sourceType: 'module', plugins, createImportExpressions: true } as const
  return nodesOf(parse(source, options).program)
}

function* nodesOf(value: unknown): Generator<Node> {
  if (isNode(value)) yield value
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) if (part !== value) yield* nodesOf(part)
}

const ALIASES = {
  '#lib/': 'lib/',
  '#emails/': 'emails/',
  '#ui/': 'app/_ui/',
  '#app/': 'app/',
  '#server/': 'server/',
}

/**
 * What a file imports or exports from elsewhere, also only types or at run time: paths in this project without their
 * ending, and names of packages.
 */
export function importsOf(file: string, source?: string): string[] {
  return [...nodesIn(file, source)].flatMap((node) => {
    const from = isNode(node.source) ? node.source : node.type === 'TSImportType' ? node.argument : undefined
    return isNode(from) && typeof from.value === 'string' ? [resolveImport(file, from.value)] : []
  })
}

function resolveImport(file: string, name: string): string {
  const path = name.startsWith('.') ? join(dirname(file), name) : name
  const [alias, folder] = Object.entries(ALIASES).find(([alias]) => path.startsWith(alias)) ?? ['', '']
  return `${folder}${path.slice(alias.length)}`.replace(/\.(tsx?|mjs)$/, '')
}
