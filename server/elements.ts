import { DomUtils, parseDocument } from 'htmlparser2'

/** An element and its position in the source. `tag`: its start tag; `body`: the source between its tags. */
export type Element = {
  start: number
  end: number
  tag: string
  body: string
  attributes: Record<string, string>
}

const OPTIONS = { withStartIndices: true, withEndIndices: true, decodeEntities: false }

/** The first element with a name. */
export function findElement(html: string, name: string): Element | undefined {
  return findElements(html, name, 1)[0]
}

/** The elements with a name (`*`: all), in source order. Attribute values keep their escapes. */
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

/** The start of an empty element's end tag, or the element's end if it has no end tag, as a `<link>`. */
function findEndTag(html: string, start: number, end: number): number {
  const endTag = html.slice(start, end).lastIndexOf('</')
  return endTag < 0 ? end : start + endTag
}

/** Replaces each element with a name by the result of `replace`; undefined keeps it. */
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
