import { letter, PhoneLink, paragraph, reasonFor } from '#emails/letter'
import { Paragraph, Tag } from '#emails/parts'
import { wrap } from '#emails/plain-text'
import { exampleSite, type SenderDetails } from '#emails/template'

type InquiryReceivedProps = { reference: string; unsubscribeUrl: string; site: SenderDetails }

const title = 'We have your message'

/** To a lead who sent an inquiry. Has no text that was typed, and promises no response time. */
export const inquiryReceived = letter<InquiryReceivedProps>(
  ({ reference, unsubscribeUrl, site }) => ({
    subject: `${title} (${reference})`,
    title,
    preview: 'Someone on our support team will read it and reply.',
    parts: [
      { html: <Tag>{reference}</Tag>, text: `${title} · ${reference}` },
      paragraph('Your message is saved. Someone on our support team will read it and reply to this address.'),
      {
        html: (
          <Paragraph>
            Urgent? Call us at <PhoneLink site={site} /> and give us the reference number above.
          </Paragraph>
        ),
        text: wrap(`Urgent? Call us at ${site.phone} and give us the reference number above.`),
      },
      paragraph('Something to add? Reply to this email; it reaches the same people.'),
    ],
    reason: reasonFor('this address was entered in our contact form', unsubscribeUrl),
  }),
  {
    reference: 'TS-3HX9WD',
    unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
    site: exampleSite,
  },
)
