/** The sources behind a sentence by their numbers, as in `1 5`, each a link to its entry in the list. */
export function Cite({ of }: { of: string }) {
  if (!of) return null
  return (
    <sup className="cite">
      {of.split(' ').map((number) => (
        <a key={number} href={`#ref-${number}`}>
          <span className="sr-only"> Reference </span>[{number}]
        </a>
      ))}
    </sup>
  )
}
