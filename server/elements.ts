import { DomUtils, parseDocument } from 'htmlparser2'

/** An element, with its place in the source: `tag` is its start tag, `body` the source between its tags. */
export type Element = {
  start: number
  end: number
  tag: string
  body: string
  attributes: Record<string, string>
}

const OPTIONS = { withStartIndices: true, withEndIndices: true, decodeEntities: false }

/** The first element of a name. */
export function findElement(html: string, name: string): Element | undefined {
  return findElements(html, name, 1)[0]
}

/** The elements of a name (`*`: of any), in the order of the source. Attributes are as in the source: escaped. */
export function findElements(html: string, name: string, limit = Number.POSITIVE_INFINITY): Element[] {
  return DomUtils.getElementsByTagName(name, parseDocument(html, OPTIONS), true, limit).map((node) => {
    const start = node.startIndex ?? 0
    const end = (node.endIndex ?? 0) + 1
    const [first, last] = [node.firstChild, node.lastChild]
    const bodyStart = first?.startIndex ?? findEndTag(html, start, end)
    const bodyEnd = last ? (last.endIndex ?? 0) + 1 : bodyStart
    const [tag, body] = [html.slice(start, bodyStart), html.slice(bodyStart, bodyEnd)]
    return { start, end, tag, body, attributes: node.attribs }
  })
}

/** Where the end tag of an element without content starts; its end where it has none, as a `<link>`. */
function findEndTag(html: string, start: number, end: number): number {
  const endTag = html.slice(start, end).lastIndexOf('</')
  return endTag < 0 ? end : start + endTag
}

/** Replaces each element of a name by what `replace` returns; undefined leaves it as it is. */
export function replaceElements(
  html: string,
  name: string,
  replace: (element: Element) => string | undefined,
): string {
  const parts: string[] = []
  let done = 0
  for (const element of findElements(html, name)) {
    parts.push(html.slice(done, element.start), replace(element) ?? html.slice(element.start, element.end))
    done = element.end
  }
  return parts.join('') + html.slice(done)
}
