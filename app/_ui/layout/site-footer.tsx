import { site } from '#lib/site'

const links = [
  { href: site.phoneHref, label: site.phone },
  { href: `mailto:${site.email}`, label: site.email },
  { href: '/contact', label: 'Contact' },
  { href: '/privacy', label: 'Privacy' },
  { href: '/terms', label: 'Terms of the trial' },
]

export function SiteFooter() {
  return (
    <footer className="border-t border-line bg-sunken text-sm text-muted">
      <div className="mx-auto w-full max-w-page px-5 py-8 sm:px-8">
        <nav aria-label="Contact and legal">
          <ul className="flex flex-wrap gap-x-6">
            {links.map(({ href, label }) => (
              <li key={href}>
                <a
                  href={href}
                  className="flex min-h-11 items-center whitespace-nowrap rounded-control underline underline-offset-4 hover:text-ink"
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <p className="mt-4">
          {site.name}, {site.place}
        </p>
        <p className="mt-1">
          Copyright © {new Date().getFullYear()} {site.name}. All rights reserved.
        </p>
      </div>
    </footer>
  )
}
