/** An element in HTML of our own, which has no `>` in an attribute and no element within one of its kind. */
export type Element = { start: number; end: number; attributes: string; body: string }

/**
 * The next element of a name, or undefined; `void` elements have no end tag. By searching for its tags and not by one
 * pattern, which would take quadratic time on many starts without an end.
 */
export function findElement(html: string, name: string, from = 0): Element | undefined {
  for (let start = html.indexOf(`<${name}`, from); start >= 0; start = html.indexOf(`<${name}`, start + 1)) {
    const inside = start + name.length + 1
    if (!BEHIND_NAME.has(html.charAt(inside))) continue
    const tagEnd = html.indexOf('>', inside)
    if (tagEnd < 0) return undefined
    const attributes = html.slice(inside, tagEnd)
    if (VOID.has(name)) return { start, end: tagEnd + 1, attributes, body: '' }
    const bodyEnd = html.indexOf(`</${name}>`, tagEnd)
    if (bodyEnd < 0) return undefined
    return { start, end: bodyEnd + name.length + 3, attributes, body: html.slice(tagEnd + 1, bodyEnd) }
  }
  return undefined
}

const BEHIND_NAME = new Set([' ', '\n', '>'])
const VOID = new Set(['link'])

/** All elements of a name. */
export function* findElements(html: string, name: string): Generator<Element> {
  for (let found = findElement(html, name); found; found = findElement(html, name, found.end)) yield found
}

/** Puts what `replace` answers in the place of each element; undefined leaves it as it is. */
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
