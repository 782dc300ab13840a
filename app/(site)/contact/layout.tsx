import type { ReactNode } from 'react'
import { SiteFrame } from '#ui/site-frame'

export default function ContactLayout({ children }: { children: ReactNode }) {
  return <SiteFrame current="/contact">{children}</SiteFrame>
}
