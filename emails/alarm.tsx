import { Inert } from '#emails/inert'
import { markInvisibleInLine, oneLine } from '#emails/invisible-characters'
import { footerText, Layout } from '#emails/layout'
import { lettering, paint } from '#emails/palette'
import { Action, Callout, Quote, Subtitle, Title } from '#emails/parts'
import { hangingIndent, paragraphs, quote, textSection, wrap } from '#emails/plain-text'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTime } from '#emails/time'

type AlarmProps = {
  /** A short sentence without a period: "Mail is not going out". */
  what: string
  since: Date
  /** The number of waiting mails. */
  waiting?: number
  /** The mail server's answer, verbatim; as untrusted as a visitor's text. */
  detail?: string
  /** What to do, in order; whole sentences. */
  steps: string[]
  deskUrl?: string
  site?: SenderDetails
}

const reason = 'Sent by the TrackStat site. Nothing submitted is lost: it is all stored.'

/** To support: a fault of mail delivery, since when, and what to do. */
export const alarm: Template<AlarmProps> = {
  subject: ({ what }) => oneLine(`Alarm: ${what}`),
  html: (props) => (
    <Layout title={alarm.subject(props)} preview={props.steps.join(' ')} site={props.site} reason={reason}>
      <Title>
        <Inert text={props.what} />
      </Title>
      <Callout
        tone="alarm"
        title={sinceLine(props)}
        lines={[formatTime('utc', props.since), ...waitingLines(props)]}
      />
      <Subtitle>What to do</Subtitle>
      <AlarmSteps steps={props.steps} />
      {props.detail && (
        <>
          <Subtitle>What the other server said</Subtitle>
          <Quote text={props.detail} />
        </>
      )}
      {props.deskUrl && <Action href={props.deskUrl}>Open the support desk</Action>}
    </Layout>
  ),
  text: (props) =>
    paragraphs([
      `ALARM: ${markInvisibleInLine(props.what)}`,
      [sinceLine(props), formatTime('utc', props.since), ...waitingLines(props)].join('\n'),
      textSection(
        'What to do',
        props.steps.map((step, at) => hangingIndent(`${at + 1}. `, markInvisibleInLine(step))).join('\n'),
      ),
      props.detail && textSection('What the other server said', quote(props.detail)),
      props.deskUrl && `Open the support desk:\n${props.deskUrl}`,
      footerText(wrap(reason), props.site),
    ]),
  example: {
    what: 'Mail is not going out',
    since: new Date('2026-03-03T22:05:00Z'),
    waiting: 7,
    detail: '535 5.7.8 Authentication credentials invalid',
    steps: [
      'Check the user name and the password in SMTP_URL.',
      'Restart the site. Waiting emails go out on their own, support notices first.',
      'Until then, read and answer new requests in the support desk.',
    ],
    deskUrl: 'https://www.trackstat.org/support',
    site: exampleSite,
  },
}

function sinceLine({ since }: AlarmProps): string {
  return `Since ${formatTime('california', since)}`
}

function waitingLines({ waiting }: AlarmProps): string[] {
  if (waiting === undefined) return []
  return [waiting === 1 ? '1 email is waiting.' : `${waiting} emails are waiting.`]
}

function AlarmSteps({ steps }: { steps: string[] }) {
  const style = { margin: 0, paddingLeft: 24, ...lettering(16, 25) }
  return (
    <ol {...paint('ink', style)}>
      {Object.entries(steps).map(([at, step]) => (
        <li key={at} style={{ paddingBottom: 6 }}>
          <Inert text={step} />
        </li>
      ))}
    </ol>
  )
}
