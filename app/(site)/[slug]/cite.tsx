import { Fragment } from 'react'

/** Citations by the numbers of their sources, as in `1 5`; each links to its entry in the reference list. */
export function Cite({ of }: { of: string }) {
  if (!of) return null
  return (
    <sup className="cite">
      {of.split(' ').map((number) => (
        <Fragment key={number}>
          {/* A word joiner keeps the numbers together and with the word before them. */}
          {'\u2060'}
          <a href={`#ref-${number}`} className="cite-number">
            <span className="sr-only"> Reference </span>[{number}]
          </a>
        </Fragment>
      ))}
    </sup>
  )
}
