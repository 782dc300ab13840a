import { createHash, timingSafeEqual } from 'node:crypto'
import { toPlainCode } from '#lib/forms/typed-text'
import { deriveNumber } from '#lib/guard/token'
import { CLEAR_LETTERS } from '#lib/leads/reference'

const CODE_LENGTH = 6

/**
 * The code in a trial's n-th confirmation mail, such as `4KX7MT`. Recomputed for comparison, so that no table stores it.
 */
export function trialCode(trialId: string, issue: number): string {
  return writeCode(deriveNumber('trial-code', `${trialId}:${issue}`))
}

/**
 * A number as a code: its last six digits in base 20. For 64 random bits, the 20^6 codes (26 bits) are equally likely, to
 * within 10^-11.
 */
export function writeCode(number: bigint): string {
  const base = BigInt(CLEAR_LETTERS.length)
  let rest = number
  let code = ''
  while (code.length < CODE_LENGTH) {
    code += CLEAR_LETTERS[Number(rest % base)]
    rest /= base
  }
  return code
}

/** Normalizes a typed code: only its letters and digits count, in any case. Undefined where it can't be a code. */
export function readCode(typed: string): string | undefined {
  const letters = [...toPlainCode(typed)]
  return letters.length === CODE_LENGTH && letters.every((letter) => CLEAR_LETTERS.includes(letter))
    ? letters.join('')
    : undefined
}

/** Compares a code from `readCode()` with the right one, in constant time. */
export function matchesCode(trialId: string, issue: number, code: string): boolean {
  return timingSafeEqual(digest(code), digest(trialCode(trialId, issue)))
}

function digest(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
