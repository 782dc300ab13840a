import { type Config, readConfig } from '#lib/config'

/** Placeholders for what follows from RETENTION_DAYS and TRIAL_DAYS in prerendered pages, replaced at start, and their text. */
const durations = {
  retention: {
    placeholder: 'retention.invalid',
    format: (config: Settings) => daysInWords(config.retentionDays),
  },
  trial: { placeholder: 'trial-length.invalid', format: (config: Settings) => daysInWords(config.trialDays) },
  reminders: {
    placeholder: 'reminders.invalid',
    format: (config: Settings) => remindersOf(config.trialDays),
  },
}
type Settings = Pick<Config, 'retentionDays' | 'trialDays'>

/** How long we keep what somebody sent. */
export const retention = () => textOf('retention')
/** How long a trial runs. */
export const trialDuration = () => textOf('trial')

/** Whether a trial of so many days, or of TRIAL_DAYS, gets reminders; the first is three days before its end, for four or more. */
export function remindersOf(days?: number): string {
  if (days === undefined) return textOf('reminders')
  if (days < 2) return 'A trial this short has none.'
  return 'We email you before it ends, unless you unsubscribe.'
}

function textOf(name: keyof typeof durations): string {
  const { placeholder, format } = durations[name]
  return process.env.NEXT_PHASE === 'phase-production-build' ? placeholder : format(readConfig())
}

/** Replaces the placeholders in a prerendered page, when the site starts. */
export function replaceDurations(html: string, config: Settings): string {
  return Object.values(durations).reduce(
    (page, { placeholder, format }) => page.replaceAll(placeholder, format(config)),
    html,
  )
}

/** `730` → `730 days`. */
function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US')} days`
}
