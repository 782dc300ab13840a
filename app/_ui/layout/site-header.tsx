import { Wordmark } from '#ui/layout/wordmark'

const places = [
  { href: '/97014', label: '97014 guide' },
  { href: '/demo', label: 'Demo' },
  { href: '/trial', label: 'Free trial' },
  { href: '/contact', label: 'Contact' },
]

/** `current`: the path of the navigation entry that the page belongs to. */
export function SiteHeader({ current }: { current?: string }) {
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
          <ul className="flex flex-wrap max-[22rem]:grid max-[22rem]:grid-cols-[auto_auto] max-[22rem]:justify-start max-[22rem]:gap-x-4">
            {places.map(({ href, label }) => (
              <li key={href}>
                <a
                  href={href}
                  aria-current={href === current ? 'page' : undefined}
                  className="flex min-h-11 items-center whitespace-nowrap rounded-control px-2.5 text-sm font-medium text-muted decoration-2 underline-offset-8 hover:text-ink hover:underline hover:decoration-1 aria-[current]:text-ink aria-[current]:underline aria-[current]:decoration-accent aria-[current]:decoration-2"
                >
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
