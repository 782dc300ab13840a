import { describe, expect, test } from 'vitest'
import { colorsOf, darkSheet, type Role } from '#emails/palette'

/** Relative luminance as in WCAG 2.2, of a color as #rrggbb. */
function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  const linear = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return linear.reduce((sum, value, at) => sum + value * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0)
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const pairs: [text: Role, ground: Role][] = [
  ['ink', 'card'],
  ['muted', 'card'],
  ['muted', 'page'],
  ['link', 'card'],
  ['bar', 'bar'],
  ['label', 'button'],
  ['tag', 'tag'],
  ['quote', 'quote'],
  ['warning', 'warning'],
  ['alarm', 'alarm'],
]

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each(pairs)('%s on %s has enough contrast', (text, ground) => {
    const { color = '' } = colorsOf(text, scheme)
    const { backgroundColor = '' } = colorsOf(ground, scheme)
    expect(contrast(color, backgroundColor)).toBeGreaterThanOrEqual(4.5)
  })
})

test('the dark sheet has a rule for every role and no nesting', () => {
  expect(darkSheet.match(/\.ts-/g)).toHaveLength(15)
  expect(darkSheet.match(/@/g)).toHaveLength(1)
})
