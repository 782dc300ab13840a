import type { Metadata } from 'next'
import { currentVisit } from '#app/api/visit'
import { database } from '#lib/db/connection'
import { readAccountMail } from '#lib/mail/promise'
import { findTrialOf, type Trial } from '#lib/trials/find'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { SubmissionReference } from '#ui/layout/submission-reference'
import { TrialSteps } from '../trial-steps'
import { AccountStatus, readSignInMail } from './account-status'

export const metadata: Metadata = { title: 'Your trial', robots: { index: false } }

type Props = { searchParams: Promise<{ asked?: string | string[] }> }

export default async function StartedPage({ searchParams }: Props) {
  const { asked } = await searchParams
  const visit = await currentVisit()
  // By this browser's own request, never by person: anybody can type somebody else's address.
  const trial = await findTrialOf(visit?.trial)
  if (trial?.status !== 'confirmed') return <Unknown />
  const proved = visit?.proved ?? false
  const mail = await (proved ? readAccountMail(database(), trial.submissionId) : readSignInMail(trial))
  return (
    <Columns>
      <PageHead title={TITLES[trial.state] ?? 'Your trial has started'}>
        {trial.state === 'active' &&
          proved &&
          `Thanks for confirming. ${trial.loginUrl ? 'Your access' : 'What happens next'} and your trial dates are below.`}
      </PageHead>
      <div className="space-y-6">
        <AccountStatus trial={trial} proved={proved} mail={mail} asked={!!asked} />
        <TrialSteps trial={trial} />
        <SubmissionReference reference={trial.reference} />
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
    <Columns>
      <PageHead title="Your trial">
        No trial has been started in this browser. If you confirmed one elsewhere, open this page there, or
        look at our emails. If you haven’t confirmed yet, use the link in our email.
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </Columns>
  )
}
