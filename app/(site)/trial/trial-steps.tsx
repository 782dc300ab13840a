import type { ReactNode } from 'react'
import { dayCount } from '#emails/trial-wait'
import type { TrialState } from '#lib/db/trial-states'
import { remindersOf } from '#lib/placeholders/settings'
import type { Trial } from '#lib/trials/find'
import { Card } from '#ui/layout/card'
import { LocalTime } from '#ui/layout/local-time'
import { TrialStep } from '#ui/trial/trial-step'

type StepContent = { glyph: 'send' | 'mail' | 'run' | 'bell' | 'flag'; name: string; text: ReactNode }

/** The index of the current step, by state. */
const CURRENT_STEP: Record<TrialState, number> = {
  requested: 1,
  abandoned: 1,
  confirmed: 2,
  active: 2,
  ending: 3,
  expired: 4,
  converted: 4,
  cancelled: 4,
}

/** The steps of a trial from request to end; with its dates if there is a trial. */
export function TrialSteps({ trial }: { trial?: Trial }) {
  const current = trial ? CURRENT_STEP[trial.state] : 0
  const passed = trial?.state === 'expired'
  return (
    <Card title={trial?.startsAt ? 'Your trial, step by step' : 'How a trial works'} id="trial-path">
      <ol className="figure mt-4">
        {stepsOf(trial).map(({ glyph, name, text }, at) => (
          <TrialStep
            key={name}
            glyph={glyph}
            name={name}
            progress={at < current || passed ? 'passed' : at === current ? 'here' : 'ahead'}
          >
            {text}
          </TrialStep>
        ))}
      </ol>
    </Card>
  )
}

function stepsOf(trial?: Trial): StepContent[] {
  const { startsAt, endsAt, requestedAt, accessAt, timeZone } = trial ?? {}
  return [
    {
      glyph: 'send',
      name: 'Request',
      text: requestedAt ? (
        <LocalTime at={requestedAt.toISOString()} zone={timeZone} />
      ) : (
        'You send this form, and we email you the next step. If we can’t, the next page says so.'
      ),
    },
    {
      glyph: 'mail',
      name: 'Confirmation',
      text: startsAt
        ? 'You confirmed that the address is yours.'
        : 'Open the link in our email and press the button, or type the code.',
    },
    {
      glyph: 'run',
      name: 'Trial',
      text: startsAt ? (
        <LocalTime at={startsAt.toISOString()} zone={timeZone} />
      ) : (
        'It starts when you confirm. Its days count from the time you can sign in.'
      ),
    },
    {
      glyph: 'bell',
      name: 'Reminders',
      text:
        trial && startsAt && endsAt
          ? remindersLeft(trial, accessAt ?? startsAt, endsAt)
          : remindersOf(trial?.days),
    },
    { glyph: 'flag', ...endOf(trial) },
  ]
}

function endOf(trial?: Trial): Pick<StepContent, 'name' | 'text'> {
  if (trial?.state === 'converted') return { name: 'Customer', text: 'You are now a TrackStat customer.' }
  if (trial?.state === 'cancelled' && trial.startsAt) return { name: 'Canceled', text: 'It ended early.' }
  const quiet = 'It ends on its own. Nothing to cancel, and we ask for no payment details.'
  if (!trial?.endsAt) return { name: 'End', text: quiet }
  const date = <LocalTime at={trial.endsAt.toISOString()} zone={trial.timeZone} />
  if (trial.daysFromAccess === undefined) return { name: 'End', text: date }
  return {
    name: 'End',
    text: (
      <>
        {date}, and later by the time you wait: {dayCount(trial.daysFromAccess)} from when you can sign in.
      </>
    ),
  }
}

const DAY_MS = 86_400_000
/** Access follows the start by a few seconds, without moving the end. */
const MINUTE_MS = 60_000

/** Which reminders are still to come. While the person waits for access, their days are not known. */
function remindersLeft(trial: Trial, from: Date, endsAt: Date): string {
  if (CURRENT_STEP[trial.state] >= CURRENT_STEP.expired) return 'None are left.'
  return trial.daysFromAccess === undefined
    ? reminderDays(from, endsAt, trial.timeZone)
    : remindersOf(trial.days)
}

function reminderDays(startsAt: Date, endsAt: Date, timeZone?: string): string {
  const day = new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric', timeZone: timeZone ?? 'UTC' })
  const long = (endsAt.getTime() - startsAt.getTime() + MINUTE_MS) / DAY_MS
  const days = [3, 1]
    .filter((left) => long >= left + 1)
    .map((left) => day.format(endsAt.getTime() - left * DAY_MS))
  if (!days.length) return 'Your trial is too short for reminders.'
  return `By email on ${days.join(' and ')}${timeZone ? '' : ' (UTC)'}, unless you unsubscribe.`
}
