import type { Metadata } from 'next'
import { cache } from 'react'
import { currentCookie, currentVisit } from '#app/api/visit'
import { database } from '#lib/db/connection'
import { readSingleField, SINGLE_FIELD_COOKIE } from '#lib/leads/draft'
import { readVisitor, submissionsOf, type Visitor } from '#lib/leads/visitor'
import { type MailFate, readMailPromise } from '#lib/mail/promise'
import { readTries } from '#lib/trials/code-tries'
import { findTrialOf, type Trial } from '#lib/trials/find'
import { countResends } from '#lib/trials/resend'
import { errorTitle } from '#ui/form/error-summary'
import { KeepTypedScript } from '#ui/form/keep-typed-script'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { SubmissionReference } from '#ui/layout/submission-reference'
import { TrialSteps } from '../trial-steps'
import { AwaitingHead, CHECK, titleOf } from './awaiting-head'
import { Waiting } from './waiting'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The rejected value of a single-field form, with its error. Cached, because metadata and page both need it. */
const rejectedInput = cache(async (again: unknown) => {
  const rejected = again ? await readSingleField(await currentCookie(SINGLE_FIELD_COOKIE)) : undefined
  if (rejected?.form !== again) return undefined
  const trial = (await currentRequest())?.trial
  const isAnswered = !trial || isSettled(trial) || (again === 'address' && trial.corrected)
  return isAnswered ? undefined : rejected
})

const isSettled = ({ status }: Trial) => status === 'confirmed' || status === 'cancelled'

/** This browser's request, with what becomes of its mail. Cached, because metadata and page both need it. */
const currentRequest = cache(async () => {
  const visit = await currentVisit()
  const [visitor, trial] = await Promise.all([readVisitor(visit?.trial), findTrialOf(visit?.trial)])
  if (!visitor || !trial) return undefined
  const promise = await readMailPromise(database(), trial.submissionId, ['trial-confirm'])
  return { visit, visitor, trial, promise }
})

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { again, repeated } = await searchParams
  const rejected = await rejectedInput(again)
  const request = repeated ? undefined : await currentRequest()
  const title = request ? titleOf(request.promise.fate) : CHECK
  return { title: rejected ? errorTitle(title) : title, robots: { index: false } }
}

export default async function CheckEmailPage({ searchParams }: Props) {
  const query = await searchParams
  const request = await currentRequest()
  if (!request || query.repeated) return <Unknown />
  const { visit, visitor, trial, promise } = request
  const settled = isSettled(trial)
  const pressed = query.resent ? 'resent' : query.limit ? 'limit' : undefined
  const left = await countResends(database(), trial, { own: submissionsOf(visit) })
  const tries = await readTries(trial)
  const rejected = await rejectedInput(query.again)
  return (
    <>
      {/* A live region: the content changes when the link is used on another device. */}
      <div role="status" className="sr-only">
        {settled && 'This request has been answered. There is nothing more to do on this page.'}
      </div>
      {settled ? (
        <Settled trial={trial} />
      ) : (
        <AwaitingMail visitor={visitor} trial={trial} fate={promise.fate}>
          <Waiting {...{ visitor, trial, promise, tries, left, rejected, pressed }} />
        </AwaitingMail>
      )}
    </>
  )
}

type AwaitingMailProps = { visitor: Visitor; trial: Trial; fate: MailFate; children: React.ReactNode }

function AwaitingMail({ visitor, trial, fate, children }: AwaitingMailProps) {
  return (
    <Columns aside={<TrialSteps trial={trial} />}>
      <AwaitingHead fate={fate} email={visitor.email} />
      <KeepTypedScript />
      {children}
      <div className="mt-8">
        <SubmissionReference reference={visitor.reference} />
      </div>
    </Columns>
  )
}

function Settled({ trial }: { trial: Trial }) {
  const confirmed = trial.status === 'confirmed'
  return (
    <Columns>
      <PageHead title={confirmed ? 'Your trial is already confirmed' : 'Your request was withdrawn'}>
        {confirmed
          ? 'There is nothing left to confirm.'
          : 'It will not start a trial. You can request a new one.'}
      </PageHead>
      <ButtonLink href={confirmed ? '/trial/started' : '/trial'}>
        {confirmed ? 'See your trial dates' : 'Request a free trial'}
      </ButtonLink>
    </Columns>
  )
}

function Unknown() {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title="Check your email">
        If you sent the trial form, we have your request. Look for our email at the address you entered: its
        link works in any browser.
      </PageHead>
      <p className="mb-6 max-w-prose">
        This browser can’t show the request: the form was sent twice, it was sent from another browser, or
        cookies are blocked. It can’t show either whether an email was sent. None after a few minutes? Check
        your spam folder, then call or email us.
      </p>
      <ButtonLink href="/trial" kind="quiet">
        Request a free trial
      </ButtonLink>
    </Columns>
  )
}
