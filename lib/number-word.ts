const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** A whole number as in running text: a word up to nine, digits from ten on. */
export function numberWord(count: number): string {
  return WORDS[count] ?? String(count)
}
