import { type Config, readConfig } from '#lib/config'

/** Lengths of time that pages name and that are settings: what stands for each in what was built, and its words. */
const lengths = {
  retention: { stands: 'retention.invalid', say: (config: Lengths) => daysInWords(config.retentionDays) },
  trial: { stands: 'trial-length.invalid', say: (config: Lengths) => daysInWords(config.trialDays) },
}
type Lengths = Pick<Config, 'retentionDays' | 'trialDays'>

/** How long we keep what somebody sent. */
export const retention = () => say('retention')
/** How long a trial runs. */
export const trialLength = () => say('trial')

function say(name: keyof typeof lengths): string {
  const { stands, say } = lengths[name]
  return process.env.NEXT_PHASE === 'phase-production-build' ? stands : say(readConfig())
}

/** Puts them into a page that was built, when the site starts. */
export function putLengths(html: string, config: Lengths): string {
  return Object.values(lengths).reduce((page, { stands, say }) => page.replaceAll(stands, say(config)), html)
}

/** `730` → `730 days`. */
function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US')} days`
}
