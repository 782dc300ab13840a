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
 * A remark plugin: puts each `##` heading and what follows into a section of its own, named by the
 * heading, and keeps the outline and the number of words for the page around it.
 *
 * An id is made from the heading's words, unless it ends in one of its own: `## Pain management [#pain]`.
 * Others link to ids; with one of its own a heading can be reworded.
 */
export function outlined() {
  return (tree: Root, file: VFile): void => {
    const headings = tree.children.filter((node) => node.type === 'heading')
    for (const heading of headings) identify(heading)
    const outline = headings
      .filter((heading) => heading.depth === 2)
      .map((heading) => ({ id: idOf(heading), title: textOf(heading) }))
    const ids = headings.map(idOf)
    const twice = ids.find((id, i) => ids.indexOf(id) !== i)
    if (twice)
      throw new Error(`two headings have the id "${twice}": give one of them its own, as [#other-id]`)
    file.data.outline = outline
    // Piece by piece: the text of a whole table would run its cells together.
    file.data.words = 0
    visit(tree, 'text', ({ value }) => {
      file.data.words = (file.data.words ?? 0) + countWords(value)
    })
    tree.children = sectionsOf(tree.children)
  }
}

function identify(heading: Heading): void {
  const last = heading.children.at(-1)
  const own = last?.type === 'text' ? /\[#([a-z0-9-]+)\]$/.exec(last.value) : null
  if (own && last?.type === 'text') last.value = last.value.slice(0, own.index).trimEnd()
  const made = textOf(heading)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  heading.data = { ...heading.data, hProperties: { id: own?.[1] ?? made } }
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
      // A blockquote by its type only: `hName` says what it becomes.
      sections.push({
        type: 'blockquote',
        data: { hName: 'section', hProperties: { ariaLabelledBy: [idOf(node)] } },
        children: open as [],
      })
    } else open.push(node)
  }
  return sections
}

/** Words as a reader counts them: a lone dash or sign is none. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
