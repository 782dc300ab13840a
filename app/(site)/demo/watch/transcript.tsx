import type { Passage } from '#lib/demo/film'

/** The transcript, from the same source as the captions. */
export function Transcript({ passages }: { passages: Passage[] }) {
  return (
    <details className="rounded-card border border-line p-4 sm:p-6">
      <summary className="min-h-6 cursor-pointer font-semibold">Transcript of the video</summary>
      <ol className="mt-4 space-y-4">
        {passages.map(({ at, clock, title, text }) => (
          <li key={at}>
            <p className="font-semibold">
              <span className="tabular-nums text-muted">{clock}</span> {title}
            </p>
            <p className="max-w-prose text-muted">{text}</p>
          </li>
        ))}
      </ol>
    </details>
  )
}
