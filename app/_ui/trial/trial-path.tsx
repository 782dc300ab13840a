import type { ReactNode } from 'react'
import type { TrialState } from '#lib/db/trial-states'
import type { Trial } from '#lib/trials/find'
import { Card } from '#ui/layout/card'
import { LocalTime } from '#ui/layout/local-time'
import { Station } from '#ui/trial/trial-station'

type Stop = { glyph: 'send' | 'mail' | 'run' | 'bell' | 'flag'; name: string; says: ReactNode }

/** The index of a state's stop on the path. */
const HERE: Record<TrialState, number> = {
  requested: 1,
  abandoned: 1,
  confirmed: 2,
  active: 2,
  ending: 3,
  expired: 4,
  converted: 4,
  cancelled: 4,
}

/** The steps of a trial from request to end; with dates where there is one. */
export function TrialPath({ trial }: { trial?: Trial }) {
  const here = trial ? HERE[trial.state] : 0
  const passed = trial?.state === 'expired'
  return (
    <Card title={trial?.startsAt ? 'Your trial, step by step' : 'How a trial works'} id="trial-path">
      <ol className="figure mt-4">
        {stopsOf(trial).map(({ glyph, name, says }, at) => (
          <Station
            key={name}
            glyph={glyph}
            name={name}
            way={at < here || passed ? 'passed' : at === here ? 'here' : 'ahead'}
          >
            {says}
          </Station>
        ))}
      </ol>
    </Card>
  )
}

function stopsOf(trial?: Trial): Stop[] {
  const { startsAt, endsAt, requestedAt } = trial ?? {}
  return [
    {
      glyph: 'send',
      name: 'Request',
      says: requestedAt ? (
        <LocalTime at={requestedAt.toISOString()} />
      ) : (
        'You send this form. We email you a link and a code.'
      ),
    },
    {
      glyph: 'mail',
      name: 'Confirmation',
      says: startsAt
        ? 'You confirmed that the address is yours.'
        : 'Open the link in our email and press the button, or type the code.',
    },
    {
      glyph: 'run',
      name: 'Trial',
      says: startsAt ? (
        <LocalTime at={startsAt.toISOString()} />
      ) : (
        'It starts when you confirm. The next page shows the dates.'
      ),
    },
    {
      glyph: 'bell',
      name: 'Reminders',
      says:
        startsAt && endsAt ? sayReminders(startsAt, endsAt, trial?.timeZone) : 'We email you before it ends.',
    },
    { glyph: 'flag', ...sayEnd(trial) },
  ]
}

function sayEnd(trial?: Trial): Pick<Stop, 'name' | 'says'> {
  if (trial?.state === 'converted') return { name: 'Customer', says: 'You are now a TrackStat customer.' }
  if (trial?.state === 'cancelled' && trial.startsAt) return { name: 'Canceled', says: 'It ended early.' }
  const quiet = 'It ends on its own. Nothing to cancel, and we ask for no payment details.'
  return { name: 'End', says: trial?.endsAt ? <LocalTime at={trial.endsAt.toISOString()} /> : quiet }
}

const DAY_MS = 86_400_000
/** The days of the reminder mails; a short trial has fewer or none. */
function sayReminders(startsAt: Date, endsAt: Date, timeZone?: string): string {
  const day = new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric', timeZone: timeZone ?? 'UTC' })
  const long = (endsAt.getTime() - startsAt.getTime()) / DAY_MS
  const days = [3, 1]
    .filter((left) => long >= left + 1)
    .map((left) => day.format(endsAt.getTime() - left * DAY_MS))
  if (!days.length) return 'Your trial is too short for reminders.'
  return `By email on ${days.join(' and ')}${timeZone ? '' : ' (UTC)'}.`
}
