import type { Metadata } from 'next'
import { cache } from 'react'
import { currentCookie, currentVisit } from '#app/api/visit'
import { forms } from '#lib/forms/forms'
import { DRAFT_COOKIE, readDraft } from '#lib/leads/draft'
import { readVisitor, submissionsOf, type Visitor } from '#lib/leads/visitor'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { errorTitle } from '#ui/form/error-summary'
import { KeepTypedScript } from '#ui/form/keep-typed-script'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { TrialSteps } from '../trial/trial-steps'

/** Cached, because metadata and page both need it. */
const currentDraft = cache(async () => readDraft(await currentCookie(DRAFT_COOKIE)))

/** This browser's submission of a draft that was sent. Its cookie then names the reference (`sent-draft.ts`). */
const sentDraft = cache(async () => {
  if (await currentDraft()) return undefined
  const reference = await currentCookie(DRAFT_COOKIE)
  const visitors = await Promise.all(submissionsOf(await currentVisit()).map(readVisitor))
  return visitors.find((visitor) => visitor?.reference === reference)
})

export async function generateMetadata(): Promise<Metadata> {
  const draft = await currentDraft()
  const other = (await sentDraft()) ? 'Already sent' : 'Nothing to correct'
  const title = draft ? errorTitle(forms[draft.form].title) : other
  return { title, robots: { index: false } }
}

/** A form with errors: every value kept, every error at its field. Works without script. */
export default async function ReviewPage() {
  const draft = await currentDraft()
  const sent = await sentDraft()
  if (sent) return <AlreadySent {...sent} />
  if (!draft) return <Nothing />
  return (
    <Columns aside={draft.form === 'trial' ? <TrialSteps /> : <ContactCard />}>
      <PageHead title={forms[draft.form].title}>
        Your form hasn’t been sent yet.{' '}
        {draft.cut
          ? 'What was far too long was cut at its end; the rest is kept.'
          : 'Nothing you typed is lost.'}{' '}
        Fix the marked answers and send it again.
      </PageHead>
      <KeepTypedScript />
      <EnhancedForm
        form={draft.form}
        values={draft.values}
        errors={draft.errors}
        suggestion={draft.suggestion}
      />
    </Columns>
  )
}

function AlreadySent({ form, reference }: Visitor) {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title={`Already sent, ${reference}`}>
        We have this form, and nothing you typed is kept on this page.
      </PageHead>
      <ButtonLink href={forms[form].next}>Continue</ButtonLink>
    </Columns>
  )
}

function Nothing() {
  return (
    <Columns>
      <PageHead title="Nothing to correct">
        There is no unsent form in this browser. It was already sent, it is more than a day old, it made room
        for newer ones, or your browser blocks cookies.
      </PageHead>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/demo">Watch the demo</ButtonLink>
        <ButtonLink kind="quiet" href="/trial">
          Request a free trial
        </ButtonLink>
        <ButtonLink kind="quiet" href="/contact">
          Send us a message
        </ButtonLink>
      </p>
    </Columns>
  )
}
