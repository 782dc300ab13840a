import { parseEmail } from '#lib/forms/email'

/** Providers whose names are long enough that a near miss is hardly ever another company's domain. */
const PROVIDERS = [
  ...['gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'icloud.com', 'protonmail.com'],
  ...['comcast.net', 'verizon.net', 'sbcglobal.net', 'bellsouth.net', 'earthlink.net'],
]
/** Real domains that are one slip away from a provider. */
const REAL = new Set(['gail.com'])

/** Endings that no domain has, and the meant one. */
const NO_ENDINGS: Record<string, string> = {
  ...{ con: 'com', cmo: 'com', ocm: 'com', vom: 'com', xom: 'com', cpm: 'com', cim: 'com', comm: 'com' },
  ...{ coom: 'com', ccom: 'com', nte: 'net', ent: 'net', ner: 'net', nett: 'net', ogr: 'org', orgg: 'org' },
}
/** Real endings that are slips of `.com` after these names, where no mail is. */
const OTHER_ENDINGS = /^(gmail|yahoo|hotmail|outlook|icloud)\.(?:co|cm|om)$/

/** The keys beside each letter, on a keyboard as in the US. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/**
 * A likely correction ("pat@gmial.com" → "pat@gmail.com"), or undefined. Only slips of the hand count (letters swapped,
 * left out, typed twice, or a neighboring key; the first letter is right), because a wrong suggestion does more harm than a
 * missing one.
 */
export function suggestEmail(input: string): string | undefined {
  const typed = parseEmail(input)?.typed
  if (!typed) return undefined
  const at = typed.lastIndexOf('@')
  const domain = typed.slice(at + 1).toLowerCase()
  const ended = withRealEnding(domain)
  const known = REAL.has(ended) ? undefined : PROVIDERS.find((provider) => isSlip(ended, provider))
  const meant = known ?? ended
  return meant === domain ? undefined : `${typed.slice(0, at)}@${meant}`
}

function withRealEnding(domain: string): string {
  const [, name] = OTHER_ENDINGS.exec(domain) ?? []
  if (name) return `${name}.com`
  const dot = domain.lastIndexOf('.') + 1
  const ending = domain.slice(dot)
  return Object.hasOwn(NO_ENDINGS, ending) ? domain.slice(0, dot) + NO_ENDINGS[ending] : domain
}

/** Whether a domain is one slip away from a provider's, in its name. */
function isSlip(domain: string, provider: string): boolean {
  const [name = '', ...rest] = domain.split('.')
  const [meant = '', ...end] = provider.split('.')
  if (name === meant || rest.join() !== end.join() || Math.abs(name.length - meant.length) > 1) return false
  if (name[0] !== meant[0]) return false
  let start = 0
  while (start < name.length && name[start] === meant[start]) start++
  const [typed, right] = [name.slice(start), meant.slice(start)]
  const leftOut = typed === right.slice(1)
  const swapped = typed.slice(2) === right.slice(2) && typed[0] === right[1] && typed[1] === right[0]
  const twice = typed.slice(1) === right && typed[0] === name[start - 1]
  const wrong = typed.slice(1) === right.slice(1) && isNear(typed[0], right[0])
  return leftOut || swapped || twice || wrong
}

/** Whether two letters are on keys that touch. */
function isNear(one = ' ', other = ' '): boolean {
  const row = ROWS.findIndex((keys) => keys.includes(one))
  const otherRow = ROWS.findIndex((keys) => keys.includes(other))
  const right = (ROWS[otherRow]?.indexOf(other) ?? 0) - (ROWS[row]?.indexOf(one) ?? 0)
  // Each row is half a key to the right of the one above.
  return row === otherRow
    ? Math.abs(right) === 1
    : Math.abs(row - otherRow) === 1 && (right === 0 || right === row - otherRow)
}
