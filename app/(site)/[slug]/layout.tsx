import type { ReactNode } from 'react'
import { SiteFrame } from '#ui/layout/site-frame'

type Props = { params: Promise<{ slug: string }>; children: ReactNode }

export default async function ArticleLayout({ params, children }: Props) {
  return <SiteFrame current={`/${(await params).slug}`}>{children}</SiteFrame>
}
