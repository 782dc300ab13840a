import { randomInt } from 'node:crypto'

/**
 * Letters and digits of which no two look alike: without 0 O D Q, 1 I L, 8 B, 5 S, 2 Z, U V and G. A misread character is
 * not in the alphabet, so it can never turn one code into another.
 */
export const CLEAR_LETTERS = '34679ACEFHJKMNPRTWXY'
const LENGTH = 8

/** A new reference such as `TS-4KX7MT9P`: 20^8, about 35 bits. Not a secret: it grants no access. */
export function newReference(): string {
  return `TS-${Array.from({ length: LENGTH }, () => CLEAR_LETTERS[randomInt(CLEAR_LETTERS.length)]).join('')}`
}
