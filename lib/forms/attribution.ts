/** The most that is kept of each attribution value, in UTF-16 code units. */
const MOST = 200
/** The most that is read of one: cleaning takes time for each character. */
const MOST_RAW = 2000

/**
 * An attribution value as it is kept: on one line, well-formed, at most 200 characters. It is a hint and never a
 * reason to refuse a person, so it is cleaned and not judged.
 */
export function cutAttribution(value: string): string {
  return value
    .slice(0, MOST_RAW)
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, MOST)
    .toWellFormed()
    .trim()
}
