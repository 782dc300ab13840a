import type { ReactNode } from 'react'
import { SiteFrame } from '#ui/layout/site-frame'

export default function TrialLayout({ children }: { children: ReactNode }) {
  return <SiteFrame current="/trial">{children}</SiteFrame>
}
