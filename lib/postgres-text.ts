/** A text that PostgreSQL can store: without NUL and lone surrogates, which text from outside may contain. */
export function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}
