import { timingSafeEqual } from 'node:crypto'
import { deriveNumber } from '#lib/guard/token'
import { CLEAR_LETTERS } from '#lib/leads/reference'

const CODE_LENGTH = 6

/** The code in a trial's n-th confirmation mail, such as `4KX7MT`. Recomputed for comparison: no table stores it. */
export function trialCode(trialId: string, issue: number): string {
  return writeCode(deriveNumber('trial-code', `${trialId}:${issue}`))
}

/** A number as a code: its last six digits in base 20. For 64 random bits, all are equally likely to within 10^-11. */
export function writeCode(number: bigint): string {
  const base = CLEAR_LETTERS.length
  const digits = (number % BigInt(base ** CODE_LENGTH)).toString(base).padStart(CODE_LENGTH, '0')
  return Array.from(digits, (digit) => CLEAR_LETTERS[Number.parseInt(digit, base)]).join('')
}

/** Normalizes a typed code: case, spaces, dots and dashes are ignored. Undefined where it can't be a code. */
export function readCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .replace(/[\s.\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
  const letters = [...code]
  return letters.length === CODE_LENGTH && letters.every((letter) => CLEAR_LETTERS.includes(letter))
    ? code
    : undefined
}

/** Compares a code from `readCode()` with the right one, in constant time. */
export function matchesCode(trialId: string, issue: number, code: string): boolean {
  return timingSafeEqual(Buffer.from(code), Buffer.from(trialCode(trialId, issue)))
}
