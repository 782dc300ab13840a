import { createEvent } from 'ics'

/** The end of a trial as an iCalendar file (RFC 5545), in UTC. */
export function calendarOf(uid: string, endsAt: Date, reference: string) {
  const { error, value } = createEvent({
    uid,
    productId: 'trackstat',
    title: 'TrackStat trial ends',
    description: `Reference number ${reference}`,
    start: endsAt.getTime(),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: 15 },
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
  })
  if (error || !value) throw new Error('the calendar entry could not be made', { cause: error })
  return { filename: 'trackstat-trial-ends.ics', contentType: 'text/calendar; charset=utf-8', content: value }
}
