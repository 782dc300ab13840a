import { site } from '#lib/site'
import { Card } from '#ui/layout/card'
import { type Drawing, Icon } from '#ui/layout/icon'

/** The outline of an envelope or card. */
const FRAME = 'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z'

const phone: Drawing = {
  paths: [
    'M5 3.5h3.6l1.7 4.6-2.3 1.6a12.5 12.5 0 0 0 6.3 6.3l1.6-2.3 4.6 1.7V19a1.8 1.8 0 0 1-1.9 1.8A16.2 16.2 0 0 1 3.2 5.4 1.8 1.8 0 0 1 5 3.5Z',
  ],
}
const mail: Drawing = { paths: [FRAME, 'M3.5 7l8.5 6.2L20.5 7'] }
const place: Drawing = {
  circle: [12, 9.9, 2.3],
  paths: ['M12 21.3c4.4-4.8 6.6-8.4 6.6-11.3a6.6 6.6 0 1 0-13.2 0c0 2.9 2.2 6.5 6.6 11.3Z'],
}
const card: Drawing = {
  circle: [8.8, 10.6, 1.9],
  paths: [FRAME, 'M5.8 15.8c.5-1.6 1.6-2.3 3-2.3s2.5.7 3 2.3M14.5 10h3.5M14.5 14h3.5'],
}

const row = 'flex min-h-11 items-center gap-3'

/** Phone, email, place, and vCard. "Talk to a person" stands on the home page, on /contact, and where something went wrong. */
export function ContactCard({ title = 'Talk to a person' }: { title?: string }) {
  return (
    <Card title={title} id="contact-card">
      <address className="not-italic">
        <ul>
          <li>
            <a href={site.phoneHref} className={`${row} link whitespace-nowrap font-semibold`}>
              <Icon name={phone} className="size-5 shrink-0" />
              {site.phone}
            </a>
          </li>
          <li>
            <a href={`mailto:${site.email}`} className={`${row} link`}>
              <Icon name={mail} className="size-5 shrink-0" />
              {site.email}
            </a>
          </li>
          <li className={row}>
            <Icon name={place} className="size-5 shrink-0 text-muted" />
            {site.name}, {site.place}
          </li>
          <li className="no-print">
            <a href="/contact.vcf" download="trackstat.vcf" className={`${row} link`}>
              <Icon name={card} className="size-5 shrink-0" />
              Save to your contacts (vCard)
            </a>
          </li>
        </ul>
      </address>
    </Card>
  )
}
