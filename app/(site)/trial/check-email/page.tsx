import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { readVisitor, VISITOR_COOKIE, type Visitor } from '#lib/leads/visitor'
import { ButtonLink } from '#ui/button'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { EmailHint } from '#ui/email-hint'
import { Reference } from '#ui/reference'
import { ResendForm } from '#ui/resend-form'
import { Step, Steps } from '#ui/steps'

export const metadata: Metadata = { title: 'Check your mailbox', robots: { index: false } }

export default async function CheckEmailPage() {
  const visitor = await readVisitor((await cookies()).get(VISITOR_COOKIE)?.value)
  return visitor?.form === 'trial' ? <Sent visitor={visitor} /> : <Unknown />
}

function Sent({ visitor }: { visitor: Visitor }) {
  return (
    <Columns aside={<Aside />}>
      <PageHead title="Check your mailbox">
        <p>
          We have your request. A mail with a link to confirm it goes to <strong>{visitor.email}</strong>.
        </p>
      </PageHead>
      <div className="space-y-8">
        <EmailHint suggestion={visitor.suggestion} again="/trial" />
        <Reference reference={visitor.reference} />
        <section aria-labelledby="no-mail" className="space-y-4">
          <h2 id="no-mail">No mail?</h2>
          <p>
            Look into the spam folder first. If it is not there, have it sent again; only the link in the
            latest mail works.
          </p>
          <ResendForm />
          <p>
            Wrong address?{' '}
            <a href="/trial" className="link font-semibold">
              Fill out the form again
            </a>{' '}
            with the right one.
          </p>
        </section>
      </div>
    </Columns>
  )
}

function Aside() {
  return (
    <>
      <Steps>
        <Step>Open the mail “Confirm your trial” from TrackStat.</Step>
        <Step>Follow its link and press the button on the page.</Step>
        <Step>Your trial starts then, and the page tells you its dates.</Step>
      </Steps>
      <ContactCard />
    </>
  )
}

function Unknown() {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title="Look into your mailbox">
        <p>
          If you requested a trial, a mail with a link to confirm it is on its way to the address you gave.
          This browser does not know of a request: it may refuse cookies, or you sent the form from another
          one.
        </p>
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </Columns>
  )
}
