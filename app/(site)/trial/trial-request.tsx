import type { ReactNode } from 'react'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { Step, Steps } from '#ui/steps'

/** The page around the trial form; the form itself is prerendered for strangers, filled in for visitors we know. */
export function TrialRequest({ lead, children }: { lead: string; children: ReactNode }) {
  return (
    <Columns aside={<Aside />}>
      <PageHead title="Request a free trial">
        <p>{lead}</p>
      </PageHead>
      {children}
    </Columns>
  )
}

function Aside() {
  return (
    <>
      <Steps>
        <Step>We mail you a link. It makes sure that the request came from you.</Step>
        <Step>Open the link and press the button. Your trial starts then and not before.</Step>
        <Step>
          The page tells you from when to when the trial runs. This form asks for no payment details.
        </Step>
      </Steps>
      <ContactCard />
    </>
  )
}
