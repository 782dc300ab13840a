import { site } from '#lib/site'
import { Card } from '#ui/layout/card'
import { Icon } from '#ui/layout/icon'

const row = 'flex min-h-11 items-center gap-3'

/** Phone, email, place, and vCard. "Talk to a person" stands on the home page, on /contact, and where something went wrong. */
export function ContactCard({ title = 'Talk to a person' }: { title?: string }) {
  return (
    <Card title={title} id="contact-card">
      <address className="not-italic">
        <ul>
          <li>
            <a href={site.phoneHref} className={`${row} link whitespace-nowrap font-semibold`}>
              <Icon name="phone" className="size-5 shrink-0" />
              {site.phone}
            </a>
          </li>
          <li>
            <a href={`mailto:${site.email}`} className={`${row} link`}>
              <Icon name="mail" className="size-5 shrink-0" />
              {site.email}
            </a>
          </li>
          <li className={row}>
            <Icon name="place" className="size-5 shrink-0 text-muted" />
            {site.name}, {site.place}
          </li>
          <li className="no-print">
            <a href="/contact.vcf" download="trackstat.vcf" className={`${row} link`}>
              <Icon name="card" className="size-5 shrink-0" />
              Save to your contacts (vCard)
            </a>
          </li>
        </ul>
      </address>
    </Card>
  )
}
