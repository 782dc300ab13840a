import type { CSSProperties } from 'react'

/**
 * The colors of the mails, each role in light and dark. The light ones are inline styles, as many clients drop style
 * sheets; the dark ones are in a style sheet. A test checks every pair of text and background for a contrast of 4.5:1
 * (WCAG 1.4.3).
 */
type Paint = Pick<CSSProperties, 'color' | 'backgroundColor' | 'borderColor'>

const roles = {
  page: [{ backgroundColor: '#eef2ec' }, { backgroundColor: '#0b110f' }],
  card: [
    { backgroundColor: '#ffffff', borderColor: '#d6ddd6' },
    { backgroundColor: '#17201c', borderColor: '#2d3a34' },
  ],
  ink: [{ color: '#14211c' }, { color: '#e8eeea' }],
  muted: [{ color: '#48564f' }, { color: '#adbab3' }],
  rule: [{ borderColor: '#e0e6e0' }, { borderColor: '#2d3a34' }],
  link: [{ color: '#0b5f52' }, { color: '#76d6bc' }],
  bar: [
    { backgroundColor: '#07463c', color: '#ffffff' },
    { backgroundColor: '#07463c', color: '#ffffff' },
  ],
  vertebra: [{ backgroundColor: '#d5ebe2' }, { backgroundColor: '#d5ebe2' }],
  tracked: [{ backgroundColor: '#f2a65a' }, { backgroundColor: '#f2a65a' }],
  button: [
    { backgroundColor: '#0b5f52', color: '#ffffff' },
    { backgroundColor: '#76d6bc', color: '#06251d' },
  ],
  tag: [
    { backgroundColor: '#e3f0ea', color: '#07463c' },
    { backgroundColor: '#14312a', color: '#a3e6d3' },
  ],
  quote: [
    { backgroundColor: '#f4f7f3', borderColor: '#0b5f52', color: '#14211c' },
    { backgroundColor: '#1f2b26', borderColor: '#76d6bc', color: '#e8eeea' },
  ],
  warning: [
    { backgroundColor: '#fff3dc', borderColor: '#d07a1c', color: '#5a2d05' },
    { backgroundColor: '#33260f', borderColor: '#c08433', color: '#ffd9a8' },
  ],
  alarm: [
    { backgroundColor: '#fdf0ed', borderColor: '#c0331f', color: '#8a1a0a' },
    { backgroundColor: '#341a16', borderColor: '#d9695a', color: '#ffc2b8' },
  ],
} as const satisfies Record<string, readonly [light: Paint, dark: Paint]>

export type Role = keyof typeof roles

/** The classes and the inline style for a role's colors, with further styles. */
export function paint(role: Role, style: CSSProperties = {}, classes = '') {
  return { className: `ts-${role} ${classes}`.trim(), style: { ...roles[role][0], ...style } }
}

/** A role's colors; `scheme` as in the media feature prefers-color-scheme. */
export function colorsOf(role: Role, scheme: 'light' | 'dark'): Paint {
  return roles[role][scheme === 'light' ? 0 : 1]
}

const properties = {
  color: 'color',
  backgroundColor: 'background-color',
  borderColor: 'border-color',
} as const

function declarations(paint: Paint): string {
  return Object.entries(paint)
    .map(([name, value]) => `${properties[name as keyof Paint]}:${value}!important`)
    .join(';')
}

/** Every role in dark. In one media query without nesting: Gmail drops a whole sheet for what it can't parse. */
const darkRules = Object.keys(roles).map(
  (role) => `.ts-${role}{${declarations(colorsOf(role as Role, 'dark'))}}`,
)
export const darkSheet = `:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${darkRules.join('')}}`

/**
 * For windows narrower than the mail, and rules for all: Outlook on Windows ignores max-width and would draw the mail as
 * wide as its window; the background below a short mail.
 */
export const narrowSheet =
  `.ts-frame{width:600px}body.ts-page{background-color:${roles.page[0].backgroundColor}}` +
  '@media only screen and (max-width:640px){' +
  '.ts-frame{width:100%!important}' +
  '.ts-gap{display:none!important}' +
  '.ts-bar{border-radius:0!important}' +
  '.ts-pad{padding-left:20px!important;padding-right:20px!important}}' +
  '@media only screen and (max-width:480px){' +
  '.ts-button{display:block!important;text-align:center!important}}'

/** The reader's system font: no download. */
export const font =
  '-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Helvetica,Arial,sans-serif'
export const monospace = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace'

/** The styles of text. Sizes in pixels. */
export function lettering(fontSize: number, lineHeight: number) {
  return { fontFamily: font, fontSize, lineHeight: `${lineHeight}px` }
}
