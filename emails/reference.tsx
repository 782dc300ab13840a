import { Link } from '@react-email/components'
import { underlined } from '#emails/layout'
import { monospace, paint } from '#emails/palette'
import { Aside } from '#emails/parts'
import { wrap } from '#emails/prose'
import type { Site } from '#emails/template'

/** The reference to read out on the telephone, and our number. */
export function Reference({ reference, site }: { reference: string; site: Site }) {
  return (
    <Aside>
      {'Your reference number is '}
      <strong {...paint('ink', { fontFamily: monospace, letterSpacing: '0.5px' })}>{reference}</strong>
      {'. Questions? Reply to this email or call '}
      <Link href={site.phoneHref} {...paint('link', { ...underlined, whiteSpace: 'nowrap' })}>
        {site.phone}
      </Link>
      .
    </Aside>
  )
}

export function referenceText(reference: string, site: Site): string {
  return wrap(`Your reference number is ${reference}. Questions? Reply to this email or call ${site.phone}.`)
}
