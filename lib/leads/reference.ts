import { randomInt } from 'node:crypto'

/** Letters and digits that no two of look or sound alike on the telephone: no 0 O, 1 I L, 8 B, 5 S, 2 Z, U V. */
export const CLEAR_LETTERS = '34679ACDEFGHJKMNPQRTWXY'
const LENGTH = 8

/** A new reference such as `TS-4KQ7MX9P`: 23^8, about 36 bits; not a secret, and opens nothing by itself. */
export function newReference(): string {
  return `TS-${Array.from({ length: LENGTH }, () => CLEAR_LETTERS[randomInt(CLEAR_LETTERS.length)]).join('')}`
}
