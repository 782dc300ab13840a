import { numberOf, type ReferenceName } from './references'

/** The numbers of the sources behind a sentence, each a link to its entry in the list. */
export function Cite({ of }: { of: ReferenceName[] }) {
  return (
    <sup className="whitespace-nowrap text-xs">
      {of.map((name) => (
        <a key={name} href={`#ref-${numberOf(name)}`} aria-label={`Reference ${numberOf(name)}`}>
          [{numberOf(name)}]
        </a>
      ))}
    </sup>
  )
}
