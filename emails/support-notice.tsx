import { Link } from '@react-email/components'
import { Inert } from '#emails/inert'
import { oneLine } from '#emails/invisible-characters'
import { Layout, underlined } from '#emails/layout'
import { noticeExample } from '#emails/notice-example'
import {
  contactFacts,
  type Fact,
  givenName,
  longAnswers,
  recentHistory,
  type SupportNoticeProps,
  touchSections,
} from '#emails/notice-facts'
import { noHistory, noticeReason, noticeText, unknownSource } from '#emails/notice-text'
import { lettering, paint } from '#emails/palette'
import {
  Action,
  BigButton,
  Callout,
  Muted,
  Paragraph,
  Quote,
  Rows,
  Subtitle,
  Tag,
  Title,
} from '#emails/parts'
import type { Template } from '#emails/template'
import { formatTime } from '#emails/time'

/**
 * Support's notice. First what support needs within five seconds on a phone: kind, name, reference, warnings, a call
 * button and the message; then everything else. All text from the visitor or their browser goes through `Inert`.
 */
export const supportNotice: Template<SupportNoticeProps> = {
  // Each part is cut by itself, so that a long name leaves room for the practice.
  subject: ({ title, who }) => oneLine(`${title} from ${who.map((part) => oneLine(part, 48)).join(', ')}`),
  html: noticeHtml,
  text: noticeText,
  example: noticeExample,
}

function noticeHtml(props: SupportNoticeProps) {
  const { answers, warnings, deskUrl } = props
  const phone = answers.find(({ kind }) => kind === 'phone')?.value
  const long = longAnswers(props)
  return (
    <Layout
      title={supportNotice.subject(props)}
      preview={[props.reference, phone, long[0]?.value].filter(Boolean).join(' · ')}
      site={props.site}
      reason={noticeReason}
    >
      <Who {...props} />
      {warnings.length > 0 && (
        <Callout
          tone="warning"
          title="Check before you reply"
          lines={warnings.map((each) => <Inert key={each} text={each} />)}
        />
      )}
      <ReplyActions {...props} />
      {long.map(({ label, value }) => (
        <div key={label}>
          <Subtitle>{label}</Subtitle>
          <Quote text={value} />
        </div>
      ))}
      <Subtitle>Contact</Subtitle>
      <FactRows facts={contactFacts(props)} />
      {touchSections(props).map(({ title, facts }) => (
        <div key={title}>
          <Subtitle>{title}</Subtitle>
          {facts.length > 0 ? <FactRows facts={facts} /> : <Muted>{unknownSource}</Muted>}
        </div>
      ))}
      <Subtitle>Earlier activity</Subtitle>
      <History {...props} />
      {deskUrl && <Action href={deskUrl}>Open in the support desk</Action>}
    </Layout>
  )
}

function Who({ title, reference, who: [first = '', ...others] }: SupportNoticeProps) {
  const line = { margin: '4px 0 0', ...lettering(16, 24), wordBreak: 'break-word' } as const
  return (
    <>
      <Title>{title}</Title>
      <Tag>{reference}</Tag>
      <p
        {...paint('ink', { ...line, margin: '16px 0 0', fontSize: 22, fontWeight: 700, lineHeight: '29px' })}
      >
        <Inert text={first} />
      </p>
      {Object.entries(others).map(([at, other]) => (
        <p key={at} {...paint('ink', line)}>
          <Inert text={other} />
        </p>
      ))}
    </>
  )
}

function ReplyActions(props: SupportNoticeProps) {
  const phone = contactFacts(props).find(({ href }) => href?.startsWith('tel:'))
  return (
    <>
      {phone?.href && (
        <BigButton href={phone.href}>
          {'Call '}
          <Inert text={phone.value} />
        </BigButton>
      )}
      <Paragraph>{`Reply to this email to answer ${givenName(props.who[0])}.`}</Paragraph>
    </>
  )
}

function FactRows({ facts }: { facts: Fact[] }) {
  return <Rows rows={facts.map((fact) => ({ label: fact.label, value: <FactValue {...fact} /> }))} />
}

function FactValue({ value, href, note }: Fact) {
  const shown = <Inert text={value} />
  return (
    <>
      {href ? (
        <Link href={href} {...paint('link', underlined)}>
          {shown}
        </Link>
      ) : (
        shown
      )}
      {note && <div {...paint('muted', { fontSize: 13, lineHeight: '19px' })}>{note}</div>}
    </>
  )
}

function History(props: SupportNoticeProps) {
  const { events, earlier } = recentHistory(props)
  if (events.length === 0) return <Muted>{noHistory}</Muted>
  const type = { ...lettering(15, 22), wordBreak: 'break-word' } as const
  return (
    <>
      {Object.entries(events).map(([at, event]) => (
        <p key={at} {...paint('ink', { ...type, margin: '0 0 10px' })}>
          <span {...paint('muted', { fontSize: 13 })}>{formatTime('california', event.at)}</span>
          <br />
          <Inert text={event.reference ? `${event.what} (${event.reference})` : event.what} />
        </p>
      ))}
      {earlier > 0 && <Muted>{`and ${earlier} earlier`}</Muted>}
    </>
  )
}
