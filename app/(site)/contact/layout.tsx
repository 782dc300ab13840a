import type { ReactNode } from 'react'
import { SiteFrame } from '#ui/layout/site-frame'

export default function ContactLayout({ children }: { children: ReactNode }) {
  return <SiteFrame current="/contact">{children}</SiteFrame>
}
