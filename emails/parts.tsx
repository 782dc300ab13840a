import { Button, Heading, Link, Text } from '@react-email/components'
import type { ReactNode } from 'react'
import { Inert } from '#emails/inert'
import { underlined } from '#emails/layout'
import { font, lettering, monospace, paint, type Role } from '#emails/palette'

export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading as="h1" {...paint('ink', { margin: 0, ...lettering(27, 34) })}>
      {children}
    </Heading>
  )
}

export function Subtitle({ children }: { children: ReactNode }) {
  return (
    <Heading as="h2" {...paint('ink', { margin: '30px 0 8px', ...lettering(17, 24) })}>
      {children}
    </Heading>
  )
}

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text {...paint('ink', { margin: '14px 0 0', ...lettering(16, 25) })}>{children}</Text>
}

export function Muted({ children }: { children: ReactNode }) {
  return <Text {...paint('muted', { margin: '12px 0 0', ...lettering(14, 21) })}>{children}</Text>
}

/** A button with its full URL below, for clients without buttons and readers who check links. */
export function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <>
      <BigButton href={href}>{children}</BigButton>
      <Text {...paint('muted', { margin: '10px 0 0', ...lettering(13, 20) })}>
        Or paste this link into your browser:
        <br />
        <FullLink href={href} />
      </Text>
    </>
  )
}

/** At least 48 px high: WCAG 2.5.5 asks for 44, and a thumb for more. */
export function BigButton({ href, children }: { href: string; children: ReactNode }) {
  const shape = { marginTop: 20, padding: '14px 26px', borderRadius: 8 }
  return (
    <Button href={href} {...paint('button', { ...shape, fontFamily: font, fontSize: 17, fontWeight: 700 })}>
      {children}
    </Button>
  )
}

/** A highlighted box. Its title carries the meaning, because color alone is not enough (WCAG 1.4.1). */
export function Callout({ tone, title, lines }: { tone: Role; title: string; lines: ReactNode[] }) {
  const style = { margin: '20px 0 0', padding: '12px 16px', borderRadius: 6, borderWidth: '1px 1px 1px 5px' }
  return (
    <div {...paint(tone, { ...style, borderStyle: 'solid', ...lettering(15, 23) })}>
      <strong>{title}</strong>
      {Object.entries(lines).map(([at, line]) => (
        <div key={at}>{line}</div>
      ))}
    </div>
  )
}

/** A reference or code in large type, easy to read out on the phone. */
export function Tag({ children }: { children: ReactNode }) {
  const shape = { display: 'inline-block', margin: '12px 0 0', padding: '5px 12px', borderRadius: 6 }
  const type = { fontFamily: monospace, fontSize: 22, fontWeight: 700, lineHeight: '30px' }
  return <div {...paint('tag', { ...shape, ...type, letterSpacing: '1px' })}>{children}</div>
}

/** A visitor's message, verbatim and inert. */
export function Quote({ text }: { text: string }) {
  const shape = { margin: 0, padding: '14px 18px', borderWidth: '0 0 0 4px', borderStyle: 'solid' }
  const type = { ...lettering(16, 25), wordBreak: 'break-word' } as const
  return (
    // pre-wrap keeps runs of spaces; the line breaks are elements, because Outlook ignores this property.
    <blockquote dir="auto" {...paint('quote', { ...shape, ...type, whiteSpace: 'pre-wrap' })}>
      <Inert text={text} />
    </blockquote>
  )
}

type LabeledValue = { label: string; value: ReactNode }

/** Labels and values as a table with real row headers, side by side down to 320 px. */
export function Rows({ rows }: { rows: LabeledValue[] }) {
  const cell = { borderWidth: '1px 0 0', borderStyle: 'solid', padding: '7px 0', verticalAlign: 'top' }
  const type = { ...lettering(15, 22), textAlign: 'left' as const }
  return (
    <table cellPadding={0} cellSpacing={0} border={0} width="100%" style={{ borderCollapse: 'collapse' }}>
      <tbody>
        {Object.entries(rows).map(([at, { label, value }]) => (
          <tr key={at}>
            <th scope="row" {...paint('rule', { ...cell, width: 96, paddingRight: 12 })}>
              <div {...paint('muted', { ...type, fontWeight: 400 })}>{label}</div>
            </th>
            <td {...paint('rule', cell)}>
              <div {...paint('ink', { ...type, wordBreak: 'break-word' })}>{value}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A URL as a link with its full text, which may wrap. */
export function FullLink({ href }: { href: string }) {
  return (
    <Link href={href} {...paint('link', { ...underlined, wordBreak: 'break-word' })}>
      {href}
    </Link>
  )
}
