import type { Metadata } from 'next'
import { currentVisit } from '#app/api/visit'
import { database } from '#lib/db/connection'
import { isRunning } from '#lib/db/trial-states'
import { submissionsOf } from '#lib/leads/visitor'
import { MAILS_A_DAY } from '#lib/mail/allowance'
import { readAccountMail, readMailPromise } from '#lib/mail/promise'
import { findTrial, type Trial } from '#lib/trials/find'
import { countResends } from '#lib/trials/resend'
import { TimeZoneField } from '#ui/form/time-zone-field'
import { Button, ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { SubmissionReference } from '#ui/layout/submission-reference'
import { ResendForm } from '#ui/trial/resend-form'
import { ResendResult } from '../resend-result'
import { SignInForm } from '../sign-in-form'
import { AccountStatus, readSignInMail } from '../started/account-status'
import { TrialSteps } from '../trial-steps'

// The URL contains the token, which must not reach other sites as a referrer.
export const metadata: Metadata = {
  title: 'Start my trial',
  robots: { index: false },
  referrer: 'same-origin',
}

type Query = Partial<Record<'token' | 'asked' | 'resent' | 'limit', string | string[]>>
type Props = { searchParams: Promise<Query> }

export default async function ConfirmPage({ searchParams }: Props) {
  const { token, ...query } = await searchParams
  const trial = typeof token === 'string' ? await findTrial(token) : undefined
  return (
    <Columns aside={asideOf(trial)}>
      {trial && typeof token === 'string' ? <Known trial={trial} token={token} query={query} /> : <Unknown />}
    </Columns>
  )
}

function asideOf(trial?: Trial) {
  if (trial?.status === 'confirmed') return undefined
  return trial?.status === 'unconfirmed' ? <TrialSteps trial={trial} /> : <ContactCard />
}

type KnownProps = { trial: Trial; token: string; query: Query }

function Known({ trial, token, query }: KnownProps) {
  if (trial.status === 'confirmed') return <Confirmed trial={trial} token={token} query={query} />
  if (trial.status === 'cancelled') return <Withdrawn />
  if (trial.status !== 'unconfirmed') return <Expired trial={trial} token={token} query={query} />
  return (
    <>
      <PageHead title="Start my trial">
        Press the button to start your free <span className="whitespace-nowrap">{trial.days}-day</span> trial.
        Its days count from the time you can sign in.
      </PageHead>
      <form method="post" action="/trial/confirm" className="mb-8">
        <input type="hidden" name="token" value={token} />
        <TimeZoneField />
        <Button type="submit">Start my trial</Button>
      </form>
      <SubmissionReference reference={trial.reference} />
    </>
  )
}

const CONFIRMED: Partial<Record<Trial['state'], string>> = {
  active: 'Your trial is running. There is nothing else to do.',
  ending: 'Your trial is running and ends soon.',
  expired: 'Your trial has ended. For more time, call or email us.',
  converted: 'You are now a TrackStat customer. There is nothing else to do.',
  cancelled: 'Your trial was canceled. If that’s a mistake, call or email us.',
}

/** A used link proves nothing: dates and sign-in link are shown only in the browser that used it, or mailed on request. */
async function Confirmed({ trial, token, query }: KnownProps) {
  const visit = await currentVisit()
  if (!visit?.proved || visit.trial !== trial.submissionId)
    return (
      <>
        <PageHead title="Your trial is already confirmed">
          There is nothing left to confirm. A link works once, so this page doesn’t show the way in or your
          dates.
        </PageHead>
        {isRunning(trial.state) && (
          <div className="space-y-6">
            <SignInForm
              token={token}
              asked={query.asked ? await readSignInMail(trial) : undefined}
              limit={MAILS_A_DAY}
            />
          </div>
        )}
      </>
    )
  return (
    <>
      <PageHead title="Your trial is already confirmed">{CONFIRMED[trial.state]}</PageHead>
      <div className="space-y-6">
        <AccountStatus trial={trial} proved mail={await readAccountMail(database(), trial.submissionId)} />
        <TrialSteps trial={trial} />
        <SubmissionReference reference={trial.reference} />
      </div>
    </>
  )
}

function Withdrawn() {
  return (
    <>
      <PageHead title="Your request was withdrawn">
        The trial was canceled, or requested again with another address. This link no longer starts one.
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </>
  )
}

async function Expired({ trial, token, query }: KnownProps) {
  const left = await countResends(database(), trial, { own: submissionsOf(await currentVisit()) })
  const promise = await readMailPromise(database(), trial.submissionId, ['trial-confirm'])
  return (
    <>
      <PageHead title="This link has expired">
        {trial.status === 'replaced'
          ? 'A newer email replaced this link. Use the link in the newest one, or request another.'
          : 'Links work once, for 48 hours. Your request is still here: request a new link.'}
      </PageHead>
      <div className="mb-8">
        <ResendResult
          pressed={query.resent ? 'resent' : query.limit ? 'limit' : undefined}
          promise={promise}
          to="the address of this request"
          limit={MAILS_A_DAY}
        />
      </div>
      <ResendForm token={token} kind="primary" left={left} />
    </>
  )
}

function Unknown() {
  return (
    <>
      <PageHead title="This link is incomplete">
        We couldn’t find a trial for it. Email programs sometimes split long links: copy the whole link into
        your browser, or request a trial again.
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </>
  )
}
