import { Wordmark } from '#ui/wordmark'

const places = [
  { href: '/97014', kind: 'Article on ', label: '97014' },
  { href: '/demo', label: 'Demo' },
  { href: '/trial', label: 'Free trial' },
  { href: '/contact', label: 'Contact' },
]

export function SiteHeader() {
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex w-full max-w-page flex-wrap items-center justify-between gap-x-8 px-5 py-2 sm:px-8 sm:py-3">
        <a
          href="/"
          aria-label="TrackStat, home"
          className="flex min-h-11 items-center rounded-control text-ink"
        >
          <Wordmark />
        </a>
        <nav aria-label="Site" className="-mx-2.5">
          <ul className="flex flex-wrap">
            {places.map(({ href, kind, label }) => (
              <li key={href}>
                <a
                  href={href}
                  className="flex min-h-11 items-center whitespace-nowrap rounded-control px-2.5 text-sm font-medium text-muted underline-offset-4 hover:text-ink hover:underline"
                >
                  {/* Said, but not shown on a telephone: all places stand in one row there. */}
                  {kind && <span className="whitespace-pre max-sm:sr-only">{kind}</span>}
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  )
}
