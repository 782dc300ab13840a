'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type FormName, forms, HONEYPOT } from '#lib/forms/forms'
import { attributionOf } from '#lib/forms/page-attribution'
import type { FieldErrors, FormValues } from '#lib/forms/submission-schema'
import { ErrorSummary, errorTitle } from '#ui/form/error-summary'
import { openFold } from '#ui/form/fold'
import { CollectionNotice, FormFields } from '#ui/form/form-fields'
import { SendStatus } from '#ui/form/send-status'
import { Button } from '#ui/layout/button'
import { useDelivery } from './use-delivery'
import { useValidatedFields } from './use-validated-fields'

/**
 * A form that works as a plain post until its script has loaded. Then it validates in the page, sends JSON, and retries
 * when the connection is lost.
 */
export function EnhancedForm({ form }: { form: FormName }) {
  const { title, submit, sending } = forms[form]
  const fields = useValidatedFields(form)
  const delivery = useDelivery(form)
  const [summary, setSummary] = useState<FieldErrors>()
  const summaryRef = useSummary(summary)
  const { phase } = delivery
  const busy = phase.is === 'sending'

  async function send(element: HTMLFormElement, values: FormValues) {
    const errors = await delivery.deliver(contentOf(element, values))
    if (!errors) return
    fields.showErrors(errors)
    setSummary(errors)
  }

  function showSummary(errors: FieldErrors) {
    delivery.setPhase({ is: 'idle' })
    setSummary(errors)
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    if (phase.is === 'waiting' || phase.is === 'offline') return delivery.tryNow()
    setSummary(undefined)
    // Set now, so that a second click while the validation loads does not send twice.
    delivery.setPhase({ is: 'sending' })
    const element = event.currentTarget
    void fields.submit(event, (values) => send(element, values), showSummary)
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
        onInput={(event) => {
          delivery.stopRetrying()
          fields.onInput(event)
        }}
        onFocus={fields.onFocus}
        onBlur={fields.onBlur}
      >
        <FormFields
          form={form}
          errors={fields.errors}
          register={fields.register}
          emailNote={
            fields.suggestion ? (
              <SuggestedEmail email={fields.suggestion} accept={fields.acceptSuggestion} />
            ) : (
              ''
            )
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

/** Moves the focus to a new summary, and puts "Error: " before the page's title while there is one. */
function useSummary(summary: FieldErrors | undefined) {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    openFold(summary)
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

/** The JSON to send: the fields that are filled in, the honeypot if it is, and the attribution. */
function contentOf(element: HTMLFormElement, values: FormValues): string {
  const honeypot = element.elements.namedItem(HONEYPOT) as HTMLInputElement
  const attribution = attributionOf(window.location.href, document.referrer)
  const filled = Object.entries({ ...values, [HONEYPOT]: honeypot.value }).filter(([, value]) => value !== '')
  return JSON.stringify({ ...Object.fromEntries(filled), ...attribution })
}

/** Always one line, like the hint that it replaces. A long local part is truncated; the corrected domain is never. */
function SuggestedEmail({ email, accept }: { email: string; accept: () => void }) {
  const [local, domain] = email.split('@')
  return (
    <span className="flex">
      <span className="shrink-0 whitespace-pre">Did you mean </span>
      <button
        type="button"
        onClick={accept}
        aria-label={email}
        className="link flex min-w-0 cursor-pointer font-semibold"
      >
        <span className="truncate">{local}</span>@{domain}
      </button>
      ?
    </span>
  )
}
