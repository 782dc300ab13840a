import type { OutlineEntry } from '#lib/articles/outline'
import { ButtonLink } from '#ui/layout/button'

/**
 * The article's table of contents, with a link to the demo. It does not mark the section in view: only Chromium does that
 * without script (`:target-current`).
 */
export function Contents({ outline }: { outline: OutlineEntry[] }) {
  return (
    <div className="no-print space-y-6 border-y border-line py-6 wide:sticky wide:top-6 wide:border-y-0 wide:py-0">
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
