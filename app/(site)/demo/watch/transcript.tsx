import { clock, scenes } from '#lib/demo/scenes'

/** What the sample film says, line by line, from the same source as its captions. */
export function Transcript() {
  return (
    <details className="rounded-card border border-line p-4 sm:p-6">
      <summary className="min-h-6 cursor-pointer font-semibold">Transcript of the video</summary>
      <ol className="mt-4 space-y-4">
        {scenes.map(({ id, title, at, lines }) => (
          <li key={id}>
            <p className="font-semibold">
              <span className="tabular-nums text-muted">{clock(at)}</span> {title}
            </p>
            <p className="max-w-prose text-muted">{lines.map(({ text }) => text).join(' ')}</p>
          </li>
        ))}
      </ol>
    </details>
  )
}
