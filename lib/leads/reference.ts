import { randomInt } from 'node:crypto'

/**
 * Letters and digits of which no two look alike: no 0 O D Q, 1 I L, 8 B, 5 S, 2 Z, U V, and of 6 C G no G. A misread
 * letter is then none of these, so nothing has to be accepted in the place of another.
 */
export const CLEAR_LETTERS = '34679ACEFHJKMNPRTWXY'
const LENGTH = 8

/** A new reference such as `TS-4KX7MT9P`: 20^8, about 35 bits; not a secret, and opens nothing by itself. */
export function newReference(): string {
  return `TS-${Array.from({ length: LENGTH }, () => CLEAR_LETTERS[randomInt(CLEAR_LETTERS.length)]).join('')}`
}
