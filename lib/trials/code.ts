import { createHash, timingSafeEqual } from 'node:crypto'
import { deriveNumber } from '#lib/guard/token'
import { CLEAR_LETTERS } from '#lib/leads/reference'

/** How often a code may be typed wrongly before a new mail is needed, whoever types it. */
export const CODE_TRIES = 5
const CODE_LENGTH = 6

/**
 * The code in a trial's n-th confirmation mail, such as `4KQ7MX`: 21^6 as they are compared, of which five may be tried. Computed
 * again where it is compared, so no table holds one; a later mail has another.
 */
export function trialCode(trialId: string, issue: number): string {
  const base = BigInt(CLEAR_LETTERS.length)
  let rest = deriveNumber('trial-code', `${trialId}:${issue}`)
  let code = ''
  while (code.length < CODE_LENGTH) {
    code += CLEAR_LETTERS[Number(rest % base)]
    rest /= base
  }
  return code
}

/** What somebody typed for a code: case, spaces and hyphens are no difference. Undefined where it can't be one. */
export function readCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s.\-–]/g, '')
  return /^[A-Z0-9]{6}$/.test(letters) ? letters : undefined
}

/** Whether a code as typed is the right one, in constant time. */
export function matchesCode(trialId: string, issue: number, typed: string): boolean {
  return timingSafeEqual(digest(typed), digest(trialCode(trialId, issue)))
}

/** No code has an O or a 0 in it; who types one saw the letter that looks like it. */
function digest(code: string): Buffer {
  return createHash('sha256').update(code.replace(/[O0D]/g, 'Q').replaceAll('G', '6')).digest()
}
