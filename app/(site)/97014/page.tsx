import type { Metadata } from 'next'
import { ArticleContents } from '#ui/article-contents'
import { article } from '#ui/article-facts'
import { ArticleGlance } from '#ui/article-glance'
import { ContactCard } from '#ui/contact-card'
import { Conclusion } from './conclusion'
import { DemoSection } from './demo-section'
import { Denotation } from './denotation'
import { Keywords } from './keywords'
import { Modalities } from './modalities'
import { Notices } from './notices'
import { PainManagement } from './pain-management'
import { PatientImpact } from './patient-impact'
import { ReferenceList } from './reference-list'
import { Rehabilitation } from './rehabilitation'
import { TradeOffs } from './trade-offs'

export const metadata: Metadata = {
  title: article.title,
  description: article.summary,
  keywords: [...article.keywords],
  alternates: { canonical: article.path, types: { 'application/atom+xml': '/feed.xml' } },
}

export default function ArticlePage() {
  return (
    <article className="grid items-start gap-x-16 gap-y-8 wide:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
      <ArticleHead />
      <aside aria-label="Contents" className="wide:col-start-2 wide:row-span-3 wide:row-start-1 wide:h-full">
        <ArticleContents />
      </aside>
      <div className="prose min-w-0 [&>section:first-child>h2]:mt-4">
        <Denotation />
        <Rehabilitation />
        <Modalities />
        <PainManagement />
        <TradeOffs />
        <PatientImpact />
        <Conclusion />
        <Keywords />
      </div>
      <div className="min-w-0 space-y-12">
        <DemoSection />
        <ContactCard />
        <ReferenceList />
        <Notices />
      </div>
    </article>
  )
}

function ArticleHead() {
  return (
    <header className="min-w-0 space-y-5">
      <p className="text-sm font-semibold text-accent">Billing and care, for chiropractic and PT offices</p>
      <h1 className="text-4xl">{article.title}</h1>
      <p className="text-xl text-muted">{article.subtitle}</p>
      <p className="text-sm text-muted">
        Reviewed on <time dateTime={article.reviewed}>{article.reviewedInWords}</time>, about{' '}
        {article.minutes} minutes to read
      </p>
      <ArticleGlance />
    </header>
  )
}
