import { createEvent } from 'ics'
import type { Letter } from '#lib/mail/compose'
import { site } from '#lib/site'

type CalendarEntry = {
  uid: string
  endsAt: Date
  reference: string
  /** How often the trial was changed: clients replace an entry of the same `uid` by one with a higher SEQUENCE. */
  sequence: number
  /** `tentative`: the end moves later. `cancelled`: the entry is removed. */
  status: 'confirmed' | 'tentative' | 'cancelled'
}

const DESCRIPTIONS: Record<CalendarEntry['status'], string> = {
  confirmed: 'It ends on its own; nothing to cancel.',
  tentative: 'At the earliest: the time until you can sign in is added.',
  cancelled: 'This date no longer applies.',
}

/**
 * The end of a trial as an iCalendar attachment, in UTC (RFC 5545). Published and not requested: the reader is no attendee
 * who accepts or declines. RFC 5546 §3.2.1 and §3.2.5 want an organizer, and for CANCEL the status CANCELLED; RFC 6047
 * §2.4 wants the method in the media type too.
 */
export function calendarOf(entry: CalendarEntry): NonNullable<Letter['attachments']>[number] {
  const { uid, endsAt, reference, sequence, status } = entry
  const method = status === 'cancelled' ? 'CANCEL' : 'PUBLISH'
  const { error, value } = createEvent({
    ...{ uid, sequence, method },
    productId: 'trackstat',
    title: 'TrackStat trial ends',
    description: `${DESCRIPTIONS[status]} Reference number ${reference}`,
    start: endsAt.getTime(),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: 15 },
    status: status === 'cancelled' ? 'CANCELLED' : status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED',
    organizer: { name: site.name, email: site.email },
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
  })
  if (error || !value) throw new Error('the calendar entry could not be made', { cause: error })
  return {
    filename: status === 'cancelled' ? 'trackstat-trial-canceled.ics' : 'trackstat-trial-ends.ics',
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: value,
  }
}
