'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type FormName, forms, HONEYPOT } from '#lib/forms/forms'
import type { FieldErrors, FormValues } from '#lib/forms/schema'
import { Button } from '#ui/button'
import { ErrorSummary, errorTitle } from '#ui/error-summary'
import { CollectionNotice, FormFields } from '#ui/form-fields'
import { SendStatus } from '#ui/send-status'
import { attributionOf } from './attribution'
import { messagesOf, useCheckedFields } from './use-checked-fields'
import { useDelivery } from './use-delivery'

/**
 * A form that posts plainly until script has taken it over, and afterwards checks in the page, sends
 * as JSON and tries again by itself when the connection is lost. The only client component of the site.
 */
export function EnhancedForm({ form }: { form: FormName }) {
  const { title, submit, sending } = forms[form]
  const fields = useCheckedFields(form)
  const delivery = useDelivery(form)
  const [summary, setSummary] = useState<FieldErrors>()
  const summaryRef = useSummary(summary)
  const { phase } = delivery
  const busy = phase.is === 'sending'

  function refuse(errors: FieldErrors | undefined) {
    if (!errors) return
    fields.showErrors(errors)
    setSummary(errors)
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    if (phase.is === 'waiting') return delivery.tryNow()
    const element = event.currentTarget
    fields.readControls(element)
    setSummary(undefined)
    // From here on, so that a second click while the check is being loaded does not send twice.
    delivery.setPhase({ is: 'sending' })
    const send = fields.handleSubmit(
      async (values) => refuse(await delivery.deliver(contentOf(values, element))),
      (errors) => {
        delivery.setPhase({ is: 'idle' })
        setSummary(messagesOf(errors))
      },
    )
    void send(event)
  }

  return (
    <>
      {summary && <ErrorSummary form={form} errors={summary} ref={summaryRef} />}
      <form
        method="post"
        action={`/api/submissions/${form}`}
        noValidate
        aria-label={title}
        className="relative"
        onSubmit={onSubmit}
        onInput={delivery.stopRetrying}
        onFocus={() => void fields.loadCheck().catch(() => {})}
      >
        <FormFields
          form={form}
          errors={fields.errors}
          register={fields.control}
          emailNote={
            fields.suggestion && <SuggestedEmail email={fields.suggestion} take={fields.takeSuggestion} />
          }
        />
        <div className="mt-8 space-y-4">
          <CollectionNotice />
          <Button type="submit" aria-disabled={busy || undefined}>
            {busy ? sending : submit}
          </Button>
          <SendStatus phase={phase} submit={submit} sending={sending} tryNow={delivery.tryNow} />
        </div>
      </form>
    </>
  )
}

/** Takes the focus to a new summary and says "Error: " in the title as long as there is one. */
function useSummary(summary: FieldErrors | undefined) {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!summary) return
    const { title } = document
    document.title = errorTitle(title)
    ref.current?.focus()
    return () => {
      document.title = title
    }
  }, [summary])
  return ref
}

/** What is sent: the fields that were filled in, the honeypot if it was, and where the visitor came from. */
function contentOf(values: FormValues, element: HTMLFormElement): string {
  const trap = element.elements.namedItem(HONEYPOT) as HTMLInputElement
  const attribution = attributionOf(window.location.href, document.referrer)
  const filled = Object.entries({ ...values, [HONEYPOT]: trap.value }).filter(([, value]) => value !== '')
  return JSON.stringify({ ...Object.fromEntries(filled), ...attribution })
}

function SuggestedEmail({ email, take }: { email: string; take: () => void }) {
  return (
    <>
      Did you mean{' '}
      <button type="button" onClick={take} className="link min-h-6 cursor-pointer font-semibold">
        {email}
      </button>
      ?
    </>
  )
}
