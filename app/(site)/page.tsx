import type { Metadata } from 'next'
import { absolute, organization, type Thing } from '#app/_ui/layout/schema-org'
import { readArticles } from '#lib/articles/library'
import { site } from '#lib/site'
import { ButtonLink } from '#ui/layout/button'
import { ContactCard } from '#ui/layout/contact-card'
import { SiteFrame } from '#ui/layout/site-frame'
import { StructuredData } from '#ui/layout/structured-data'
import { WeeklyReportScreen } from '#ui/screens/weekly-report'
import { Features } from './home-features'

export const metadata: Metadata = {
  title: { absolute: `${site.name}: EHR-integrated automation for chiropractic practices` },
  description:
    'For chiropractic practices: a weekly patients report with color-coded visit cadence, appointment reminders, and online scheduling, integrated with your EHR.',
  alternates: { canonical: '/' },
}

export default function HomePage() {
  return (
    <SiteFrame>
      <div className="space-y-20 sm:space-y-28">
        <StructuredData things={[organization(), website()]} />
        <Hero />
        <Features />
        <GetStarted />
        <div className="grid items-start gap-10 wide:grid-cols-[minmax(0,1fr)_24rem] wide:gap-16">
          <ArticleTeaser />
          <ContactCard />
        </div>
      </div>
    </SiteFrame>
  )
}

function website(): Thing {
  return {
    '@type': 'WebSite',
    '@id': absolute('/#website'),
    name: site.name,
    url: absolute('/'),
    inLanguage: 'en-US',
    publisher: { '@id': absolute('/#organization') },
  }
}

function Hero() {
  return (
    <div className="grid items-center gap-12 wide:grid-cols-[minmax(0,1fr)_minmax(0,29rem)] wide:gap-16">
      <div>
        <h1 className="text-4xl">EHR-integrated automation for chiropractic practices</h1>
        <p className="mt-6 max-w-prose text-lg text-muted">
          {site.name} works with your EHR to keep patients engaged, bring them back, and keep the schedule
          full.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/demo">Watch the demo</ButtonLink>
          <ButtonLink href="/trial" kind="quiet">
            Request a free trial
          </ButtonLink>
        </div>
      </div>
      <WeeklyReportScreen />
    </div>
  )
}

const steps = [
  {
    title: 'Watch the demo',
    text: 'Fill out a short form and the demo opens right away. Watch the video or read the text below it.',
    href: '/demo',
    link: 'Go to the demo',
  },
  {
    title: 'Request a free trial',
    text: 'If you filled out the demo form, your answers carry over. The trial starts when you confirm your email address.',
    href: '/trial',
    link: 'Go to the trial',
  },
]

function GetStarted() {
  return (
    <section aria-labelledby="way">
      <h2 id="way">Get started</h2>
      <div className="mt-8 grid gap-8 sm:grid-cols-3">
        <ol className="grid gap-8 sm:col-span-2 sm:grid-cols-2">
          {steps.map(({ title, text, href, link }, i) => (
            <li key={href} className="border-t-2 border-accent pt-4">
              <h3>
                <span className="text-accent">{i + 1}.</span> {title}
              </h3>
              <p className="mt-2 text-muted">{text}</p>
              <MoreLink href={href}>{link}</MoreLink>
            </li>
          ))}
        </ol>
        <div className="border-t-2 border-line pt-4">
          <h3>Questions at any point?</h3>
          <p className="mt-2 text-muted">
            Call {site.phone} or send us a message. Every request gets a reference number you can give us on
            the phone.
          </p>
          <MoreLink href="/contact">Contact us</MoreLink>
        </div>
      </div>
    </section>
  )
}

function ArticleTeaser() {
  return (
    <section aria-labelledby="articles">
      <h2 id="articles">For your billing team</h2>
      {readArticles().map(({ path, title, summary }) => (
        <div key={path} className="mt-4">
          <h3>{title}</h3>
          <p className="mt-2 max-w-prose text-muted">{summary}</p>
          <MoreLink href={path}>Read the article</MoreLink>
        </div>
      ))}
    </section>
  )
}

function MoreLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className="link mt-2 inline-flex min-h-11 items-center font-semibold">
      {children}
    </a>
  )
}
