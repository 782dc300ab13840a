import { slug } from 'github-slugger'
import type { Heading, Root, RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'

export type OutlineEntry = { id: string; title: string }
declare module 'vfile' {
  interface DataMap {
    outline: OutlineEntry[]
    words: number
  }
}

/**
 * A remark plugin: puts each `##` heading and what follows into a section labeled by the heading (`aria-labelledby`), and
 * stores the outline and the word count in the file's data. A heading's id is derived from its text as on GitHub, or
 * given at its end, so that the text can change without breaking links: `## Pain management [#pain]`.
 * @throws if two headings have the same id, or one has none
 */
export function addSections() {
  return (tree: Root, file: VFile): void => {
    const headings = tree.children.filter((node) => node.type === 'heading')
    for (const heading of headings) setId(heading)
    requireUniqueIds(headings.map(idOf))
    file.data.outline = headings
      .filter((heading) => heading.depth === 2)
      .map((heading) => ({ id: idOf(heading), title: textOf(heading) }))
    file.data.words = countTreeWords(tree)
    tree.children = sectionsOf(tree.children)
  }
}

function requireUniqueIds(ids: string[]): void {
  if (ids.includes('')) throw new Error('a heading has no letter for an id: give it its own, as [#other-id]')
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice) throw new Error(`two headings have the id "${twice}": give one of them its own, as [#other-id]`)
}

/** Counts each text node by itself, because the text of a whole table joins the words of its cells. */
function countTreeWords(tree: Root): number {
  let words = 0
  visit(tree, 'text', ({ value }) => {
    words += countWords(value)
  })
  return words
}

function setId(heading: Heading): void {
  const last = heading.children.at(-1)
  const own = last?.type === 'text' ? /\[#([a-z0-9-]+)\]$/.exec(last.value) : null
  if (own && last?.type === 'text') last.value = last.value.slice(0, own.index).trimEnd()
  heading.data = { ...heading.data, hProperties: { id: own?.[1] ?? slug(textOf(heading)) } }
}

function idOf(heading: Heading): string {
  return String(heading.data?.hProperties?.id)
}

function sectionsOf(nodes: RootContent[]): RootContent[] {
  const sections: RootContent[] = []
  let open: RootContent[] = sections
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth === 2) {
      open = [node]
      // mdast has no section: `hName` renders the blockquote as one.
      sections.push({
        type: 'blockquote',
        data: { hName: 'section', hProperties: { ariaLabelledBy: [idOf(node)] } },
        children: open as [],
      })
    } else open.push(node)
  }
  return sections
}

/** Counts words. A dash or sign alone is not a word. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
