import { type Config, readConfig } from '#lib/config'
import { numberWord } from '#lib/number-word'

type Settings = Pick<Config, 'appUrl' | 'retentionDays' | 'trialDays'>

/**
 * Settings in prerendered pages, which are known only when the site starts: their placeholders, and the text that replaces
 * them. `.invalid` is never a real domain (RFC 2606).
 */
const placeholders = {
  'https://origin.invalid': ({ appUrl }: Settings) => appUrl,
  'retention.invalid': ({ retentionDays }: Settings) => spanInWords(retentionDays),
  'trial-length.invalid': ({ trialDays }: Settings) => daysInWords(trialDays),
  'reminders.invalid': ({ trialDays }: Settings) => remindersOf(trialDays),
}

/** The public origin for a page's addresses. */
export const publicOrigin = () => textOf('https://origin.invalid')
/** How long we keep what somebody sent. */
export const retention = () => textOf('retention.invalid')
/** How long a trial runs. */
export const trialDuration = () => textOf('trial-length.invalid')

/** Whether a trial of so many days, or of TRIAL_DAYS, gets reminders: the last one is a day before its end, from two days on. */
export function remindersOf(days?: number): string {
  if (days === undefined) return textOf('reminders.invalid')
  if (days < 2) return 'A trial this short has none.'
  return 'We email you before it ends, unless you unsubscribe.'
}

function textOf(placeholder: keyof typeof placeholders): string {
  const isBuild = process.env.NEXT_PHASE === 'phase-production-build'
  return isBuild ? placeholder : placeholders[placeholder](readConfig())
}

/** Replaces the placeholders in a prerendered page, when the site starts. */
export function replacePlaceholders(html: string, config: Settings): string {
  return Object.entries(placeholders).reduce(
    (page, [placeholder, format]) => page.replaceAll(placeholder, format(config)),
    html,
  )
}

/** `730` → `two years`, `731` → `731 days`. */
function spanInWords(days: number): string {
  const years = days / 365
  if (!Number.isInteger(years)) return daysInWords(days)
  return years === 1 ? 'one year' : `${numberWord(years)} years`
}

/** `14` → `14 days`. */
function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US')} days`
}
