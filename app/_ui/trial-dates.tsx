import type { Trial } from '#lib/trials/find'
import { LocalTime } from '#ui/local-time'

const long = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** From when to when a trial runs. In UTC and saying so; a script adds the reader's own time. */
export function TrialDates({ trial }: { trial: Trial }) {
  const { startsAt, endsAt, days } = trial
  if (!startsAt || !endsAt) return null
  return (
    <dl className="grid gap-5 rounded-card border border-line bg-surface p-5 sm:grid-cols-3">
      <Moment label="Starts" at={startsAt} />
      <Moment label="Ends" at={endsAt} />
      <div>
        <dt className="text-sm text-muted">Length</dt>
        <dd className="font-semibold">{days} days</dd>
      </div>
    </dl>
  )
}

function Moment({ label, at }: { label: string; at: Date }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="font-semibold">
        <time dateTime={at.toISOString()}>{long.format(at)} UTC</time>
        <LocalTime at={at.toISOString()} />
      </dd>
    </div>
  )
}
