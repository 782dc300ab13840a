/** The sources behind a sentence by their numbers, as in `1 5`, each a link to its entry in the list. */
export function Cite({ of }: { of: string }) {
  if (!of) return null
  return (
    <sup className="cite">
      {/* A word joiner: the number never begins a line, away from what it stands behind. */}
      {'\u2060'}
      {of.split(' ').map((number) => (
        <a key={number} href={`#ref-${number}`} className="cite-number">
          <span className="sr-only"> Reference </span>[{number}]
        </a>
      ))}
    </sup>
  )
}
