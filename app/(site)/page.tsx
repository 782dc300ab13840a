import type { Metadata } from 'next'
import { site } from '#lib/site'
import { article } from '#ui/article-facts'
import { ButtonLink } from '#ui/button'
import { ContactCard } from '#ui/contact-card'
import { WeeklyReportScreen } from '#ui/screen-weekly-report'
import { Features } from './home-features'

export const metadata: Metadata = {
  title: { absolute: `${site.name}: EHR-integrated automation for chiropractic practices` },
  description: site.summary,
  alternates: { canonical: '/' },
}

export default function HomePage() {
  return (
    <div className="space-y-20 sm:space-y-28">
      <Hero />
      <Features />
      <Way />
      <div className="grid items-start gap-10 wide:grid-cols-[minmax(0,1fr)_24rem] wide:gap-16">
        <ArticleTeaser />
        <ContactCard />
      </div>
    </div>
  )
}

function Hero() {
  return (
    <div className="grid items-center gap-12 wide:grid-cols-[minmax(0,1fr)_minmax(0,29rem)] wide:gap-16">
      <div>
        <h1 className="text-4xl">EHR-integrated automation for chiropractic practices</h1>
        <p className="mt-6 max-w-prose text-lg text-muted">
          {site.name} works with the records that your practice keeps already. It is there for three things:
          patients who stay engaged, patients who come back, and a schedule that is full.
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
    text: 'Fill out a short form, and the demo opens at once: five screens, one after the other, each with its text.',
    href: '/demo',
    link: 'Go to the demo',
  },
  {
    title: 'Request a free trial',
    text: 'The trial’s form knows what you told us for the demo. We send you a mail, and its link starts the trial.',
    href: '/trial',
    link: 'Go to the trial',
  },
  {
    title: 'Ask us anything',
    text: `Call ${site.phone} or write. Each request gets a reference that you can read out on the telephone.`,
    href: '/contact',
    link: 'Contact us',
  },
]

function Way() {
  return (
    <section aria-labelledby="way">
      <h2 id="way">How to get to know it</h2>
      <ol className="mt-8 grid gap-8 sm:grid-cols-3">
        {steps.map(({ title, text, href, link }, i) => (
          <li key={href} className="border-t-2 border-accent pt-4">
            <h3>
              <span className="text-accent">{i + 1}.</span> {title}
            </h3>
            <p className="mt-2 text-muted">{text}</p>
            <a href={href} className="link mt-2 inline-flex min-h-11 items-center font-semibold">
              {link}
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}

function ArticleTeaser() {
  return (
    <section aria-labelledby="article">
      <p className="text-sm font-semibold text-accent">An article for your billing desk</p>
      <h2 id="article" className="mt-2">
        {article.title}
      </h2>
      <p className="mt-3 max-w-prose text-muted">{article.summary}</p>
      <a href={article.path} className="link mt-3 inline-flex min-h-11 items-center font-semibold">
        Read the article on 97014
      </a>
    </section>
  )
}
