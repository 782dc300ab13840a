import { Link } from '@react-email/components'
import { underlined } from '#emails/layout'
import { monospace, paint } from '#emails/palette'
import { Muted } from '#emails/parts'
import { wrap } from '#emails/plain-text'
import type { SenderDetails } from '#emails/template'

/** The reference number, and how to reach support. */
export function ReferenceLine({ reference, site }: { reference: string; site: SenderDetails }) {
  return (
    <Muted>
      {'Your reference number is '}
      <strong {...paint('ink', { fontFamily: monospace, letterSpacing: '0.5px' })}>{reference}</strong>
      {'. Questions? Reply to this email or call '}
      <Link href={site.phoneHref} {...paint('link', { ...underlined, whiteSpace: 'nowrap' })}>
        {site.phone}
      </Link>
      .
    </Muted>
  )
}

export function referenceText(reference: string, site: SenderDetails): string {
  return wrap(`Your reference number is ${reference}. Questions? Reply to this email or call ${site.phone}.`)
}
