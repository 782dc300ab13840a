import { Body, Column, Container, Head, Html, Link, Preview, Row, Section } from '@react-email/components'
import type { ReactNode } from 'react'
import { GapRow, paintCell } from '#emails/block'
import { oneLine } from '#emails/invisible-characters'
import { darkSheet, font, lettering, narrowSheet, paint } from '#emails/palette'
import type { SenderDetails } from '#emails/template'

type LayoutProps = {
  /** The subject, which a screen reader announces first. */
  title: string
  /** The preview text that inboxes show after the subject. */
  preview: string
  site?: SenderDetails
  /** Why the reader gets this mail, and how to unsubscribe. */
  reason: ReactNode
  children: ReactNode
}

/** The layout of every mail: a bar with our name, a card 600 px wide, and a footer with the sender and the reason. */
export function Layout({ title, preview, site, reason, children }: LayoutProps) {
  return (
    <Html lang="en">
      <HtmlHead title={title} />
      <Body className="ts-page" style={{ margin: 0, padding: 0, fontFamily: font }}>
        <Preview>{oneLine(preview, 140)}</Preview>
        {/* Repeated in the body, because webmail drops <html> and its lang. */}
        <div lang="en">
          <Section {...paintCell('page', { width: '100%' })}>
            <Container className="ts-frame" style={{ maxWidth: 600 }}>
              <div className="ts-gap" style={{ height: 24, fontSize: 0, lineHeight: '24px' }} />
              <HeaderBar />
              <Row>
                <Column {...paintCell('card', card, 'ts-pad')}>{children}</Column>
              </Row>
              <Footer site={site} reason={reason} />
            </Container>
          </Section>
        </div>
      </Body>
    </Html>
  )
}

const card = { padding: '28px 36px 32px', borderWidth: '0 1px 1px', borderStyle: 'solid', fontFamily: font }

function HtmlHead({ title }: { title: string }) {
  return (
    <Head>
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      {/* Stops WebKit from linking dates and numbers in a visitor's text. */}
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
      {/* Two sheets: a client that rejects one still reads the other. */}
      <style>{narrowSheet}</style>
      <style>{darkSheet}</style>
    </Head>
  )
}

function HeaderBar() {
  return (
    <Row>
      <Column {...paintCell('bar', { padding: '16px 36px', borderRadius: '10px 10px 0 0' }, 'ts-pad')}>
        <table role="presentation" cellPadding={0} cellSpacing={0} border={0}>
          <tbody>
            <tr>
              <td>
                <LogoCells />
              </td>
              <td {...paintCell('bar', wordmark)}>TrackStat</td>
            </tr>
          </tbody>
        </table>
      </Column>
    </Row>
  )
}

const wordmark = { paddingLeft: 9, fontFamily: font, fontSize: 20, fontWeight: 700, lineHeight: '28px' }

// The logo's five bars: indent and width in pixels.
const vertebrae = [
  { x: 5, width: 9 },
  { x: 2, width: 11 },
  { x: 0, width: 14, tracked: true },
  { x: 1, width: 16 },
  { x: 1, width: 18 },
]

/** Word gives a line to an empty cell, unless it has no size. */
const flat = { fontSize: 0, lineHeight: '4px' }

/** The logo in table cells: a picture would be blocked, or would tell its server that the mail was opened. */
function LogoCells() {
  return vertebrae.map(({ x, width, tracked }) => (
    <table key={width} role="presentation" aria-hidden="true" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          {x > 0 && <td width={x} style={{ width: x, ...flat }} />}
          <td
            width={width}
            height={4}
            {...paintCell(tracked ? 'tracked' : 'vertebra', { width, height: 4, borderRadius: 2, ...flat })}
          />
        </tr>
        <GapRow height={2} />
      </tbody>
    </table>
  ))
}

function Footer({ site, reason }: { site?: SenderDetails; reason: ReactNode }) {
  return (
    <Row>
      <Column {...paint('muted', { ...small, padding: '18px 36px 36px' }, 'ts-pad')}>
        {site && (
          <p style={{ margin: '0 0 6px' }}>
            <strong>TrackStat</strong> ·{' '}
            <Link href={site.phoneHref} {...paint('muted', underlined)}>
              {site.phone}
            </Link>{' '}
            ·{' '}
            <Link href={`mailto:${site.email}`} {...paint('muted', underlined)}>
              {site.email}
            </Link>{' '}
            · {site.postalAddress ?? site.place}
          </p>
        )}
        <p style={{ margin: 0 }}>{reason}</p>
      </Column>
    </Row>
  )
}

const small = { ...lettering(13, 20) }
export const underlined = { textDecoration: 'underline' }

/** The footer of the plain text, with the same facts. */
export function footerText(reason: string, site?: SenderDetails): string {
  const sender = site && `TrackStat · ${site.phone} · ${site.email} ·\n${site.postalAddress ?? site.place}`
  // "-- " (RFC 3676 §4.3) begins a signature, which clients set apart and leave out of a reply.
  return ['-- ', sender, reason].filter(Boolean).join('\n')
}
