import { beforeAll, describe, expect, test } from 'vitest'
import { type MailKind, mailKinds, renderMail, templates } from '#emails/index'

/**
 * Outlook for Windows draws with Word: it knows colors and sizes of table cells, and neither padding, width nor height of
 * other blocks. A block that relies on them loses its shape or vanishes.
 */
type Tag = { name: string; style: Record<string, string>; attributes: Record<string, string> }

function tagsOf(html: string): Tag[] {
  const body = html.slice(html.indexOf('<body')).replaceAll(/<!--.*?-->/gs, '')
  return [...body.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g)].map(([, name = '', inner = '']) => {
    const attributes = Object.fromEntries(
      [...inner.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key.toLowerCase(),
        value,
      ]),
    )
    const style = Object.fromEntries(
      (attributes.style ?? '').split(';').map((part) => part.split(/:(.*)/s).slice(0, 2) as [string, string]),
    )
    return { name, attributes, style }
  })
}

function drawn<Kind extends MailKind>(kind: Kind) {
  return renderMail(kind, templates[kind].example)
}

describe.each(mailKinds)('%s', (kind) => {
  let tags: Tag[]
  beforeAll(() => {
    tags = tagsOf(drawn(kind).html)
  })

  test('every colored block is a cell or a table, with its color as an attribute too', () => {
    const colored = tags.filter(({ style }) => style['background-color'])
    expect(colored.length).toBeGreaterThan(5)
    for (const { name, style, attributes } of colored) {
      expect(['body', 'table', 'td', 'th'], JSON.stringify(attributes)).toContain(name)
      expect(attributes.bgcolor, attributes.class).toBe(style['background-color'])
    }
  })

  test('every bordered block is a cell or a table', () => {
    const bordered = tags.filter(({ style }) => style['border-style'])
    for (const { name, attributes } of bordered)
      expect(['table', 'td', 'th'], JSON.stringify(attributes)).toContain(name)
  })

  test('the bars of the logo are cells with a width, a height and a color of their own', () => {
    const bars = tags.filter(({ attributes }) => /ts-(vertebra|tracked)/.test(attributes.class ?? ''))
    expect(bars.map(({ name, attributes }) => [name, attributes.width, attributes.height])).toEqual(
      ['9', '11', '14', '16', '18'].map((width) => ['td', width, '4']),
    )
  })
})
