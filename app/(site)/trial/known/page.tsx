import type { Metadata } from 'next'
import { currentVisit } from '#app/api/visit'
import { isRunning } from '#lib/db/trial-states'
import { readLastVisitor } from '#lib/leads/visitor'
import { trialDuration } from '#lib/placeholders/settings'
import { findTrialOf, type Trial } from '#lib/trials/find'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { KeepTypedScript } from '#ui/form/keep-typed-script'
import { ButtonLink } from '#ui/layout/button'
import { LocalTime } from '#ui/layout/local-time'
import { Notice } from '#ui/layout/notice'
import { newVisitorLead, TrialRequest } from '../trial-request'

export const metadata: Metadata = { title: 'Request a free trial', robots: { index: false } }

/** The trial form for a visitor who filled out a form before. `server/request-guard.ts` rewrites /trial to it. */
export default async function KnownTrialPage() {
  const visit = await currentVisit()
  const visitor = await readLastVisitor(visit)
  const trial = visit?.proved ? await findTrialOf(visit.trial) : undefined
  return (
    <TrialRequest lead={visitor ? `Free for ${trialDuration()}. ${PREFILLED}` : newVisitorLead()}>
      {trial?.endsAt && isRunning(trial.state) && <Running {...trial} endsAt={trial.endsAt} />}
      <KeepTypedScript />
      <EnhancedForm form="trial" values={visitor?.values ?? {}} suggestion={visitor?.suggestion} />
    </TrialRequest>
  )
}

const PREFILLED = 'We filled in your earlier answers: change anything that is no longer right.'

/** Shown only if the mailbox was proved. For everybody else, the mail says it. */
function Running({
  endsAt,
  timeZone,
  daysFromAccess,
}: Pick<Trial, 'timeZone' | 'daysFromAccess'> & { endsAt: Date }) {
  return (
    <div className="mb-8">
      <Notice title="Your trial is already running.">
        <p>
          It runs until <LocalTime at={endsAt.toISOString()} zone={timeZone} />
          {daysFromAccess === undefined ? '' : ' at the earliest'}. A second request starts nothing new.
        </p>
        <ButtonLink href="/trial/started" kind="quiet">
          See your trial
        </ButtonLink>
      </Notice>
    </div>
  )
}
