import { Link } from '@react-email/components'
import { Fragment, type ReactNode } from 'react'
import { footerText, Layout, underlined } from '#emails/layout'
import { monospace, paint } from '#emails/palette'
import { Action, Muted, Paragraph, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import type { SenderDetails, Template } from '#emails/template'

/** A part of a mail, in HTML and as plain text. */
export type Part = { html: ReactNode; text: string }

export type Letter = {
  subject: string
  /** The heading, if it differs from the subject. */
  title?: string
  /** The preview text that inboxes show after the subject. */
  preview: string
  parts: Part[]
  /** Why the reader gets this mail, and how to unsubscribe. */
  reason: Part
}

/** The template of a mail to a lead. Each part is written once, for HTML and plain text. */
export function letter<Props extends { site: SenderDetails }>(
  write: (props: Props) => Letter,
  example: Props,
): Template<Props> {
  return {
    subject: (props) => write(props).subject,
    html: (props) => {
      const { subject, title, preview, parts, reason } = write(props)
      return (
        <Layout title={subject} preview={preview} site={props.site} reason={reason.html}>
          <Title>{title ?? subject}</Title>
          {Object.entries(parts).map(([at, { html }]) => (
            <Fragment key={at}>{html}</Fragment>
          ))}
        </Layout>
      )
    },
    text: (props) => {
      const { parts, reason } = write(props)
      return paragraphs([...parts.map(({ text }) => text), footerText(reason.text, props.site)])
    },
    example,
  }
}

export function paragraph(text: string): Part {
  return { html: <Paragraph>{text}</Paragraph>, text: wrap(text) }
}

export function action(label: string, href: string): Part {
  return { html: <Action href={href}>{label}</Action>, text: textSection(label, href) }
}

/** The sign-in link, if there is one. */
export function signIn(loginUrl: string | undefined): Part[] {
  return loginUrl ? [action('Sign in to TrackStat', loginUrl)] : []
}

/** The reference number, and how to reach support. */
export function referenceLine({ reference, site }: { reference: string; site: SenderDetails }): Part {
  const html = (
    <Muted>
      {'Your reference number is '}
      <strong {...paint('ink', { fontFamily: monospace, letterSpacing: '0.5px' })}>{reference}</strong>
      {'. Questions? Reply to this email or call '}
      <PhoneLink site={site} />.
    </Muted>
  )
  const text = `Your reference number is ${reference}. Questions? Reply to this email or call ${site.phone}.`
  return { html, text: wrap(text) }
}

export function PhoneLink({ site }: { site: SenderDetails }) {
  return (
    <Link href={site.phoneHref} {...paint('link', { ...underlined, whiteSpace: 'nowrap' })}>
      {site.phone}
    </Link>
  )
}

/** The reason for a mail without an unsubscribe link. */
export function plainReason(text: string): Part {
  return { html: text, text: wrap(text) }
}

/** The reason for a mail about a trial that has started. */
export const trialReason = plainReason('Sent because a TrackStat trial was confirmed for this address.')

/** The unsubscribe link's text says what it stops: mails about a requested trial still go out. */
const UNSUBSCRIBE = 'Unsubscribe from reminders and automatic replies'

/** The reason for a mail, and the unsubscribe link. */
export function reasonFor(cause: string, unsubscribeUrl: string): Part {
  const sentence = `You’re getting this email because ${cause}. If that wasn’t you, you can ignore it.`
  const html = (
    <>
      {`${sentence} `}
      <Link href={unsubscribeUrl} {...paint('muted', underlined)}>
        {UNSUBSCRIBE}
      </Link>
    </>
  )
  return { html, text: `${wrap(sentence)}\n${UNSUBSCRIBE}:\n${unsubscribeUrl}` }
}
