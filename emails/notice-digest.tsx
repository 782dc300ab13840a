import { Fragment } from 'react'
import { Inert } from '#emails/inert'
import { markInvisibleInLine } from '#emails/invisible-characters'
import { footerText, Layout } from '#emails/layout'
import { lettering, monospace, paint } from '#emails/palette'
import { Paragraph, Title } from '#emails/parts'
import { paragraphs, wrap } from '#emails/plain-text'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTime } from '#emails/time'

type DigestEntry = {
  reference: string
  /** What this is about: "Demo request". */
  title: string
  receivedAt: Date
  /** Who wrote: name and practice, or the address alone. */
  who: string[]
  /** The given email addresses and phone numbers. */
  contact: string[]
  /** Its beginning, on one line. */
  message?: string
  /** Sentences for support: "This may be spam: …", "No reply was sent: …". */
  warnings: string[]
}

/** `more`: how many are not listed. */
export type NoticeDigestProps = { entries: DigestEntry[]; more?: number; site?: SenderDetails }

const noticesReason = 'Sent by TrackStat’s website forms, in place of a notice for each submission.'
const noticesWhy =
  'Many submissions came in a short time, so these are listed together. Each of them is stored. To answer one, write to its address.'

const spamReason = 'Sent once a day by TrackStat’s website forms, if something was held.'
const spamWhy =
  'These submissions have two or more signs of spam each, so nobody was told of them before, and nothing was sent to the addresses in them. They are kept. If one is from a person, release it: then the notice and the reply go out.'

const example: NoticeDigestProps = {
  entries: [
    {
      reference: 'TS-7K4M2QXW',
      title: 'Demo request',
      receivedAt: new Date('2026-03-03T22:05:00Z'),
      who: ['Dr. Jane Whitfield', 'Whitfield Family Chiropractic'],
      contact: ['jane@whitfield-chiro.example', '760.555.0134'],
      message: 'We are two doctors and a front desk of one in Palm Desert. Can reminders go out by text?',
      warnings: [],
    },
    {
      reference: 'TS-3HX9WDRP',
      title: 'Trial request',
      receivedAt: new Date('2026-03-03T22:06:00Z'),
      who: ['www.evil.example'],
      contact: ['victim@example.org'],
      warnings: [
        'No reply was sent: Too many replies to unconfirmed addresses were asked for from one network.',
      ],
    },
  ],
  site: exampleSite,
}

/** A list of submissions, in place of single notices. */
export const noticeDigest = digest((listed) => `Digest: ${listed}`, noticesWhy, noticesReason)

/** The submissions of a day that are held as spam. */
export const spamDigest = digest((listed) => `Held as spam: ${listed}`, spamWhy, spamReason)

/** Visitors' text goes through Inert. */
function digest(
  subject: (listed: string) => string,
  why: string,
  reason: string,
): Template<NoticeDigestProps> {
  return {
    subject: (props) => subject(count(props)),
    html: (props) => (
      <Layout title={subject(count(props))} preview={why} site={props.site} reason={reason}>
        <Title>{count(props)}</Title>
        <Paragraph>{why}</Paragraph>
        {/* Styled once for the whole list, because Gmail cuts mails at 102 kB. */}
        <div {...paint('ink', { ...lettering(15, 22), wordBreak: 'break-word' })}>
          {props.entries.map((entry) => (
            <EntryHtml key={entry.reference} {...entry} />
          ))}
        </div>
        {!!props.more && <Paragraph>{notListed(props.more)}</Paragraph>}
      </Layout>
    ),
    text: (props) =>
      paragraphs([
        count(props),
        wrap(why),
        ...props.entries.map(entryText),
        !!props.more && notListed(props.more),
        footerText(wrap(reason), props.site),
      ]),
    example,
  }
}

function notListed(more: number): string {
  return `And ${more} more, not listed here.`
}

function count({ entries, more = 0 }: NoticeDigestProps): string {
  const length = entries.length + more
  return length === 1 ? '1 submission' : `${length} submissions`
}

/** Who wrote and how to reach them, without repetition. */
function personLines({ who, contact }: DigestEntry): string[] {
  const more = contact.filter((each) => !who.includes(each))
  return [who.join(', '), more.join(' · ')].filter((line) => line !== '')
}

function EntryHtml(entry: DigestEntry) {
  const { message } = entry
  const lines = [...personLines(entry), ...(message ? [message] : []), ...entry.warnings]
  return (
    <p style={{ margin: '16px 0 0' }}>
      <strong style={{ fontFamily: monospace }}>{entry.reference}</strong>
      {` · ${entry.title} · ${formatTime('california', entry.receivedAt)}`}
      {Object.entries(lines).map(([at, line]) => (
        <Fragment key={at}>
          <br />
          <Inert text={line} />
        </Fragment>
      ))}
    </p>
  )
}

function entryText(entry: DigestEntry): string {
  const { reference, title, receivedAt, message, warnings } = entry
  return [
    `${reference} · ${title} · ${formatTime('california', receivedAt)}`,
    ...personLines(entry).map((line) => wrap(markInvisibleInLine(line), '  ')),
    ...(message ? [wrap(markInvisibleInLine(message), '  > ')] : []),
    ...warnings.map((warning) => wrap(markInvisibleInLine(warning), '  ! ')),
  ].join('\n')
}
