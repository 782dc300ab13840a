import type { Metadata } from 'next'
import { currentVisit } from '#app/api/visit'
import { readVisitor } from '#lib/leads/visitor'
import { EmailHint } from '#ui/form/email-hint'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { SubmissionReference } from '#ui/layout/submission-reference'

export const metadata: Metadata = { title: 'Message received', robots: { index: false } }

type Props = { searchParams: Promise<{ repeated?: string | string[] }> }

export default async function SentPage({ searchParams }: Props) {
  const { repeated } = await searchParams
  const visitor = await readVisitor((await currentVisit())?.last)
  if (visitor?.form !== 'inquiry' || repeated) return <Unknown />
  return (
    <Columns>
      <PageHead title="We have your message">
        Thank you. We’ll reply to <strong>{visitor.email}</strong>.
      </PageHead>
      <div className="space-y-6">
        <EmailHint suggestion={visitor.suggestion} again="/contact" />
        <SubmissionReference reference={visitor.reference} />
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
