import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { forms } from '#lib/forms/forms'
import { DRAFT_COOKIE, readDraft } from '#lib/leads/draft'
import { ButtonLink } from '#ui/button'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { errorTitle } from '#ui/error-summary'
import { PlainForm } from '#ui/plain-form'

/** Asked for by the title and by the page: read once. */
const currentDraft = cache(async () => readDraft((await cookies()).get(DRAFT_COOKIE)?.value))

export async function generateMetadata(): Promise<Metadata> {
  const draft = await currentDraft()
  const title = draft ? errorTitle(forms[draft.form].title) : 'Nothing to correct'
  return { title, robots: { index: false } }
}

/** A form that was refused, with every value kept and every error by its field. Needs no script. */
export default async function ReviewPage() {
  const draft = await currentDraft()
  if (!draft) return <Nothing />
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title={forms[draft.form].title}>
        <p>Not sent yet. Everything you entered is kept; only what is marked needs another look.</p>
      </PageHead>
      <PlainForm {...draft} />
    </Columns>
  )
}

function Nothing() {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title="Nothing to correct">
        <p>
          This page shows a form again when something in it needs another look. There is none for this
          browser: it was sent, it is older than a day, or the browser refuses cookies.
        </p>
      </PageHead>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/demo">Watch the demo</ButtonLink>
        <ButtonLink kind="quiet" href="/trial">
          Request a free trial
        </ButtonLink>
        <ButtonLink kind="quiet" href="/contact">
          Write to us
        </ButtonLink>
      </p>
    </Columns>
  )
}
