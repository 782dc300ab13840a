import { Link } from '@react-email/components'
import { footText, Layout, underlined } from '#emails/layout'
import { paint } from '#emails/palette'
import { Paragraph, Tag, Title } from '#emails/parts'
import { paragraphs, wrap } from '#emails/prose'
import { reasonFor, reasonText } from '#emails/reason'
import { exampleSite, type Site, type Template } from '#emails/template'

export type InquiryReceivedProps = { reference: string; unsubscribeUrl: string; site: Site }

const stored =
  'Your message has reached TrackStat. A person at support reads it and answers by mail, to this address.'
const haste = 'Is it urgent? Call us and read out the reference:'
const more = 'Something to add? Reply to this mail: it goes to the same people.'
const cause = 'this address was entered in our contact form'

/** To whoever wrote to us. Nothing of what they typed, and no answering time, which nobody has promised. */
export const inquiryReceived: Template<InquiryReceivedProps> = {
  subject: ({ reference }) => `We have your message (${reference})`,
  Html: ({ reference, unsubscribeUrl, site }) => (
    <Layout
      title={inquiryReceived.subject({ reference, unsubscribeUrl, site })}
      preview="A person at support reads it and answers by mail."
      site={site}
      reason={reasonFor(cause, unsubscribeUrl)}
    >
      <Title>We have your message</Title>
      <Tag>{reference}</Tag>
      <Paragraph>{stored}</Paragraph>
      <Paragraph>
        {`${haste} `}
        <Link href={site.phoneHref} {...paint('link', { ...underlined, whiteSpace: 'nowrap' })}>
          {site.phone}
        </Link>
      </Paragraph>
      <Paragraph>{more}</Paragraph>
    </Layout>
  ),
  text: ({ reference, unsubscribeUrl, site }) =>
    paragraphs([
      `We have your message · ${reference}`,
      wrap(stored),
      wrap(`${haste} ${site.phone}`),
      wrap(more),
      footText(reasonText(cause, unsubscribeUrl), site),
    ]),
  example: {
    reference: 'TS-3HX9WD',
    unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
    site: exampleSite,
  },
}
