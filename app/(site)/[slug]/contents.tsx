import type { OutlineEntry } from '#lib/articles/outline'
import { ButtonLink } from '#ui/layout/button'

/**
 * The style of the link to the section in view. Inline, because the build's CSS compiler warns of `:target-current` (CSS
 * Overflow 5).
 */
const CURRENT_LINK =
  '.contents-list a:target-current{border-left-color:var(--color-accent);color:var(--color-ink);font-weight:650}'

/**
 * The article's table of contents, with a link to the demo. CSS alone marks the section in view (`.contents-list` in
 * globals.css).
 */
export function Contents({ outline }: { outline: OutlineEntry[] }) {
  return (
    <div className="no-print space-y-6 border-y border-line py-6 wide:sticky wide:top-6 wide:border-y-0 wide:py-0">
      <style href="current-link" precedence="default">
        {CURRENT_LINK}
      </style>
      <nav aria-labelledby="contents">
        <h2 id="contents" className="text-sm text-muted wide:pl-4">
          In this article
        </h2>
        <ol className="contents-list mt-2 gap-x-8 text-sm sm:max-wide:columns-2">
          {outline.map(({ id, title }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="block border-l-3 border-line py-1.5 pl-[0.8rem] text-muted underline-offset-[0.25em] hover:text-ink hover:underline"
              >
                {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div className="space-y-3 wide:pl-4">
        <p className="text-sm text-muted">See each patient’s visit cadence at a glance, week by week.</p>
        <ButtonLink href="#demo" kind="quiet">
          Watch the demo
        </ButtonLink>
      </div>
    </div>
  )
}
