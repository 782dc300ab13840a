import type { Metadata } from 'next'
import { currentVisit } from '#app/api/visit'
import { database } from '#lib/db/connection'
import { readVisitor } from '#lib/leads/visitor'
import { readMailPromise } from '#lib/mail/promise'
import { EmailHint } from '#ui/form/email-hint'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { SubmissionReference } from '#ui/layout/submission-reference'
import { MailPromiseNotice } from '../../mail-promise'

export const metadata: Metadata = { title: 'Message received', robots: { index: false } }

type Props = { searchParams: Promise<{ repeated?: string | string[] }> }

export default async function SentPage({ searchParams }: Props) {
  const { repeated } = await searchParams
  const visit = await currentVisit()
  const visitor = await readVisitor(visit?.sent.inquiry ?? visit?.last)
  if (visitor?.form !== 'inquiry' || repeated) return <Unknown />
  const { email, reference, submissionId } = visitor
  const promise = await readMailPromise(database(), submissionId)
  return (
    <Columns>
      <PageHead title="We have your message">
        Thank you.{' '}
        {promise.fate !== 'held' && (
          <>
            Our support team reads it and replies to <strong>{email}</strong>.
          </>
        )}
      </PageHead>
      <div className="space-y-6">
        <EmailHint suggestion={visitor.suggestion} again="/contact" />
        <MailPromiseNotice promise={promise} mail="inquiry-received" to={email} reference={reference} />
        <SubmissionReference reference={reference} />
        <p className="flex flex-wrap gap-3">
          <ButtonLink href="/demo">Watch the demo</ButtonLink>
          <ButtonLink kind="quiet" href="/">
            Go to the home page
          </ButtonLink>
        </p>
      </div>
    </Columns>
  )
}

function Unknown() {
  return (
    <Columns>
      <PageHead title="Nothing to show here">
        If you sent a message, we have it. This page shows its reference number only in the browser that sent
        it: cookies may be blocked, or the form was sent twice.
      </PageHead>
      <ButtonLink href="/contact">Send us a message</ButtonLink>
    </Columns>
  )
}
