import { articleSections } from '#ui/article-facts'
import { ButtonLink } from '#ui/button'

/** The article's table of contents, and the way to the demo for those who have read enough. */
export function ArticleContents() {
  return (
    <div className="no-print space-y-6 border-y border-line py-6 wide:sticky wide:top-6 wide:border-y-0 wide:border-l wide:py-0 wide:pl-6">
      <nav aria-labelledby="contents">
        <h2 id="contents" className="text-sm text-muted">
          In this article
        </h2>
        <ol className="mt-2 gap-x-8 text-sm sm:max-wide:columns-2">
          {articleSections.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="block py-1.5 text-ink underline-offset-4 hover:underline">
                {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div className="space-y-3">
        <p className="text-sm text-muted">See each patient’s run of visits at a glance, week by week.</p>
        <ButtonLink href="#demo" kind="quiet">
          Watch the demo
        </ButtonLink>
      </div>
    </div>
  )
}
