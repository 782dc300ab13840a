import { Link } from '@react-email/components'
import { footerText, Layout, underlined } from '#emails/layout'
import { paint } from '#emails/palette'
import { Paragraph, Tag, Title } from '#emails/parts'
import { paragraphs, wrap } from '#emails/plain-text'
import { reasonFor, reasonText } from '#emails/reason'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'

export type InquiryReceivedProps = { reference: string; unsubscribeUrl: string; site: SenderDetails }

const stored = 'Your message is saved. Someone on our support team will read it and reply to this address.'
const haste = ['Urgent? Call us at ', ' and give us the reference number above.'] as const
const more = 'Something to add? Reply to this email; it reaches the same people.'
const cause = 'this address was entered in our contact form'

/** To a lead who sent an inquiry. Has no text that was typed, and promises no response time. */
export const inquiryReceived: Template<InquiryReceivedProps> = {
  subject: ({ reference }) => `We have your message (${reference})`,
  html: ({ reference, unsubscribeUrl, site }) => (
    <Layout
      title={inquiryReceived.subject({ reference, unsubscribeUrl, site })}
      preview="Someone on our support team will read it and reply."
      site={site}
      reason={reasonFor(cause, unsubscribeUrl)}
    >
      <Title>We have your message</Title>
      <Tag>{reference}</Tag>
      <Paragraph>{stored}</Paragraph>
      <Paragraph>
        {haste[0]}
        <Link href={site.phoneHref} {...paint('link', { ...underlined, whiteSpace: 'nowrap' })}>
          {site.phone}
        </Link>
        {haste[1]}
      </Paragraph>
      <Paragraph>{more}</Paragraph>
    </Layout>
  ),
  text: ({ reference, unsubscribeUrl, site }) =>
    paragraphs([
      `We have your message · ${reference}`,
      wrap(stored),
      wrap(haste.join(site.phone)),
      wrap(more),
      footerText(reasonText(cause, unsubscribeUrl), site),
    ]),
  example: {
    reference: 'TS-3HX9WD',
    unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
    site: exampleSite,
  },
}
