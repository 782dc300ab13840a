import { Fragment } from 'react'

/** The sources behind a sentence by their numbers, as in `1 5`, each a link to its entry in the list. */
export function Cite({ of }: { of: string }) {
  if (!of) return null
  return (
    <sup className="cite">
      {of.split(' ').map((number) => (
        <Fragment key={number}>
          {/* A word joiner: no number begins a line, away from what it stands behind or from its group. */}
          {'\u2060'}
          <a href={`#ref-${number}`} className="cite-number">
            <span className="sr-only"> Reference </span>[{number}]
          </a>
        </Fragment>
      ))}
    </sup>
  )
}
