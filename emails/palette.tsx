import type { CSSProperties } from 'react'

/**
 * The colours of the house, each role once for light and once for dark. The light ones stand inline, because
 * many clients drop a style sheet; the dark ones come in a sheet of their own for those that read it.
 * A test holds every pair of text and ground at WCAG's 4.5:1.
 */
type Paint = Pick<CSSProperties, 'color' | 'backgroundColor' | 'borderColor'>

const roles = {
  page: [{ backgroundColor: '#eaf1f2' }, { backgroundColor: '#0a1317' }],
  card: [
    { backgroundColor: '#ffffff', borderColor: '#d3dfe2' },
    { backgroundColor: '#131f25', borderColor: '#26363e' },
  ],
  ink: [{ color: '#10222a' }, { color: '#eaf2f4' }],
  muted: [{ color: '#485a63' }, { color: '#a9bbc2' }],
  rule: [{ borderColor: '#dde6e8' }, { borderColor: '#2a3a42' }],
  link: [{ color: '#086259' }, { color: '#6fdccd' }],
  bar: [
    { backgroundColor: '#0c2b33', color: '#ffffff' },
    { backgroundColor: '#0c2b33', color: '#ffffff' },
  ],
  chart: [{ backgroundColor: '#5fd3c4' }, { backgroundColor: '#5fd3c4' }],
  button: [
    { backgroundColor: '#0a6b61', color: '#ffffff' },
    { backgroundColor: '#6fdccd', color: '#06231f' },
  ],
  tag: [
    { backgroundColor: '#e0f1ee', color: '#07524a' },
    { backgroundColor: '#17363b', color: '#9fe8dd' },
  ],
  quote: [
    { backgroundColor: '#f3f8f8', borderColor: '#0a6b61', color: '#10222a' },
    { backgroundColor: '#1a2930', borderColor: '#6fdccd', color: '#eaf2f4' },
  ],
  warning: [
    { backgroundColor: '#fff4d6', borderColor: '#d99a00', color: '#523800' },
    { backgroundColor: '#33280c', borderColor: '#c08d1f', color: '#ffdf9e' },
  ],
  alarm: [
    { backgroundColor: '#fdeceb', borderColor: '#c0332a', color: '#80180f' },
    { backgroundColor: '#3a1614', borderColor: '#e0685c', color: '#ffc0b8' },
  ],
} as const satisfies Record<string, readonly [light: Paint, dark: Paint]>

export type Role = keyof typeof roles

/** The classes and the inline style that give an element its role's colours, and what else it is styled with. */
export function paint(role: Role, style: CSSProperties = {}, classes = '') {
  return { className: `ts-${role} ${classes}`.trim(), style: { ...roles[role][0], ...style } }
}

/** A role's colours; `scheme` as in the media feature prefers-color-scheme. */
export function coloursOf(role: Role, scheme: 'light' | 'dark'): Paint {
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
export function darkSheet(): string {
  const rules = Object.keys(roles).map(
    (role) => `.ts-${role}{${declarations(coloursOf(role as Role, 'dark'))}}`,
  )
  return `:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${rules.join('')}}`
}

/**
 * For a window narrower than the letter. Below it stands what holds everywhere: Outlook on Windows knows no
 * max-width and would draw the letter as wide as its window; the ground under a short letter.
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

/** The reader's own system font: no download, and it is the one they read best. */
export const font =
  '-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Helvetica,Arial,sans-serif'
export const monospace = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace'
