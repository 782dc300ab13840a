import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { readVisitor, VISITOR_COOKIE } from '#lib/leads/visitor'
import { findTrialOf, type Trial } from '#lib/trials/find'
import { ButtonLink } from '#ui/button'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { Reference } from '#ui/reference'
import { TrialPath } from '#ui/trial-path'
import { Account } from './account'

export const metadata: Metadata = { title: 'Your trial', robots: { index: false } }

export default async function StartedPage() {
  const visitor = await readVisitor((await cookies()).get(VISITOR_COOKIE)?.value)
  const trial = visitor && (await findTrialOf(visitor.submissionId))
  // Anybody can type somebody else's address: a trial's dates are for the browser of its own request.
  if (trial?.status !== 'confirmed' || trial.submissionId !== visitor?.submissionId) return <Unknown />
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title={TITLES[trial.state] ?? 'Your trial has started'}>
        {trial.state === 'active' && (
          <p>Thanks for confirming. Your access and your trial dates are below.</p>
        )}
      </PageHead>
      <div className="space-y-6">
        <Account trial={trial} />
        <TrialPath trial={trial} />
        <Reference reference={trial.reference} />
      </div>
    </Columns>
  )
}

const TITLES: Partial<Record<Trial['state'], string>> = {
  ending: 'Your trial ends soon',
  expired: 'Your trial has ended',
  converted: 'You are now a TrackStat customer',
  cancelled: 'Your trial was canceled',
}

function Unknown() {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title="Your trial">
        <p>
          No trial has been started in this browser. If you confirmed one elsewhere, the link in your email
          shows its dates. If you haven’t yet, use that link to start it.
        </p>
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </Columns>
  )
}
