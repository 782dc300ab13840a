import type { ReactNode } from 'react'
import { SiteFrame } from '#ui/layout/site-frame'

export default function DemoLayout({ children }: { children: ReactNode }) {
  return <SiteFrame current="/demo">{children}</SiteFrame>
}
