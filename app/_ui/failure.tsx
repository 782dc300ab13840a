import { site } from '#lib/site'
import { ButtonLink } from '#ui/button'

/** What stands in place of a page that could not be made. Plain links: it has to work where nothing else does. */
export function Failure() {
  return (
    <div className="max-w-prose space-y-6">
      <h1>This page could not be shown</h1>
      <p className="text-lg text-muted">
        The fault is on our side and has been recorded. What you had sent before is kept. Please load the page
        again in a minute; if it still fails, call or write to us.
      </p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="">Load the page again</ButtonLink>
        <ButtonLink kind="quiet" href={site.phoneHref} className="whitespace-nowrap">
          Call {site.phone}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`mailto:${site.email}`}>
          Write to {site.email}
        </ButtonLink>
      </p>
    </div>
  )
}
