import { Wordmark } from '#ui/layout/wordmark'

const places = [
  { href: '/demo', label: 'Demo' },
  { href: '/contact', label: 'Contact' },
  { href: '/97014', label: '97014 guide' },
]

const trial = '/trial'

/** `current`: the path of the navigation entry that the page belongs to. */
export function SiteHeader({ current }: { current?: string }) {
  const mark = (href: string) => (href === current ? 'page' : undefined)
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex w-full max-w-page flex-wrap items-center gap-x-6 px-5 py-2 sm:px-8 sm:py-3">
        <a
          href="/"
          aria-label="TrackStat, home"
          className="flex min-h-11 items-center rounded-control text-ink max-sm:w-full"
        >
          <Wordmark />
        </a>
        <nav
          aria-label="Site"
          className="flex grow flex-wrap items-center justify-between gap-y-1 sm:ml-auto sm:grow-0 sm:gap-x-4"
        >
          <ul className="-ml-2.5 flex">
            {places.map(({ href, label }) => (
              <li key={href}>
                <a
                  href={href}
                  aria-current={mark(href)}
                  className="flex min-h-11 items-center whitespace-nowrap rounded-control px-2.5 text-sm font-medium text-muted decoration-2 underline-offset-8 hover:text-ink hover:underline hover:decoration-1 aria-[current]:text-ink aria-[current]:underline aria-[current]:decoration-accent aria-[current]:decoration-2"
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
          <a
            href={trial}
            aria-current={mark(trial)}
            className="flex min-h-11 items-center whitespace-nowrap rounded-control border border-transparent bg-accent px-3 text-sm font-semibold text-on-accent underline-offset-4 hover:bg-accent-strong aria-[current]:underline"
          >
            Free trial
          </a>
        </nav>
      </div>
    </header>
  )
}
