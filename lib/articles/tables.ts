import type { Element, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'

/**
 * A rehype plugin: makes tables accessible. Head cells get a scope, the first cell of each row becomes its header, and a
 * paragraph before the table that starts with `Table:` becomes the caption (Pandoc's convention).
 */
export function accessibleTables() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'table' || !parent || index === undefined) return
      for (const part of elementsOf(node)) for (const row of elementsOf(part)) scopeCells(part, row)
      // The node before the table is a line break; the one before that may be the caption.
      const before = parent.children[index - 2]
      const caption = before?.type === 'element' ? captionFrom(before) : undefined
      if (!caption) return
      node.children.unshift(caption)
      parent.children.splice(index - 2, 2)
      return [SKIP, index - 1]
    })
  }
}

function scopeCells(part: Element, row: Element): void {
  const cells = elementsOf(row)
  const head = part.tagName === 'thead'
  for (const cell of head ? cells : cells.slice(0, 1))
    Object.assign(cell, { tagName: 'th', properties: { ...cell.properties, scope: head ? 'col' : 'row' } })
}

function captionFrom(paragraph: Element): Element | undefined {
  const [text] = paragraph.children
  if (paragraph.tagName !== 'p' || text?.type !== 'text' || !text.value.startsWith('Table: '))
    return undefined
  text.value = text.value.slice('Table: '.length)
  return { ...paragraph, tagName: 'caption' }
}

function elementsOf(parent: Element): Element[] {
  return parent.children.filter((node) => node.type === 'element')
}
