'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { attributionNames, type FormName, forms, HONEYPOT } from '#lib/forms/forms'
import { attributionOf } from '#lib/forms/page-attribution'
import type { FieldErrors, FormValues } from '#lib/forms/submission-schema'
import { ErrorSummary, errorsOfForm, errorTitle, withoutError } from '#ui/form/error-summary'
import { openFold } from '#ui/form/fold'
import { CollectionNotice, FormFields } from '#ui/form/form-fields'
import { SendStatus } from '#ui/form/send-status'
import { Button } from '#ui/layout/button'
import { useDelivery } from './use-delivery'
import { useValidatedFields } from './use-validated-fields'

type FormProps = {
  form: FormName
  /** Initial values, on a page that is rendered per request. Attribution among them is sent again in hidden fields. */
  values?: Record<string, string>
  /** The server's errors of the initial values. */
  errors?: FieldErrors
  /** A suggestion for the address among the initial values, shown as a hint. */
  suggestion?: string
}

/**
 * A form that works as a plain post until its script has loaded. Then it validates in the page, sends JSON, and retries
 * when the connection is lost. `load`: when a prerendered page loads the script (`server/islands.ts`).
 */
export function EnhancedForm({ load, ...props }: FormProps & { load?: 'focus' }) {
  return (
    <div data-island={props.form} data-load={load}>
      <SubmissionForm {...props} />
    </div>
  )
}

/** The content of `EnhancedForm`. Always `noValidate`: the browser's bubbles show one error at a time. */
export function SubmissionForm({ form, values, errors, suggestion }: FormProps) {
  const { title, submit, sending } = forms[form]
  const fields = useValidatedFields(form, errors)
  const delivery = useDelivery(form)
  // The errors of the last attempt. Fields that were corrected since are left out of what is shown.
  const [refused, setRefused] = useState(errors)
  const [hint, setHint] = useState(suggestion)
  const summary = refused && { ...errorsOfForm(form, refused), ...fields.errors }
  const summaryRef = useSummary(refused === errors ? undefined : refused)
  useErrorTitle(summary !== undefined && Object.keys(summary).length > 0)
  const { phase } = delivery
  const busy = phase.is === 'sending'

  async function send(element: HTMLFormElement, values: FormValues) {
    const errors = await delivery.deliver(contentOf(element, values))
    if (!errors) return
    fields.showErrors(errors)
    setRefused(errors)
  }

  function showSummary(errors: FieldErrors) {
    delivery.setPhase({ is: 'idle' })
    setRefused(errors)
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    if (phase.is === 'waiting' || phase.is === 'offline') return delivery.tryNow()
    setRefused(undefined)
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
          if ((event.target as HTMLInputElement).name === 'email') setHint(undefined)
        }}
        onFocus={fields.onFocus}
        onBlur={fields.onBlur}
      >
        <FormFields
          form={form}
          values={values}
          folds={!values}
          errors={fields.errors}
          register={fields.register}
          emailNote={
            fields.suggestion ? (
              <SuggestedEmail email={fields.suggestion} accept={fields.acceptSuggestion} />
            ) : hint ? (
              <Suggestion email={hint} />
            ) : (
              ''
            )
          }
        />
        {attributionNames.map(
          (name) => values?.[name] && <input key={name} type="hidden" name={name} value={values[name]} />,
        )}
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

/** Moves the focus to the summary of each refused attempt. */
function useSummary(refused: FieldErrors | undefined) {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    openFold(refused)
    if (refused) ref.current?.focus()
  }, [refused])
  return ref
}

/** "Error: " before the page's title while there are errors. */
function useErrorTitle(wrong: boolean) {
  useEffect(() => {
    const title = withoutError(document.title)
    document.title = wrong ? errorTitle(title) : title
  }, [wrong])
}

/** The JSON to send: the fields that are filled in, the honeypot if it is, and the attribution. */
function contentOf(element: HTMLFormElement, values: FormValues): string {
  const sent = new FormData(element)
  const attribution = attributionNames.filter((name) => sent.has(name)).map((name) => [name, sent.get(name)])
  const filled = Object.entries({ ...values, [HONEYPOT]: sent.get(HONEYPOT) }).filter(
    ([, value]) => value !== '',
  )
  return JSON.stringify({
    ...Object.fromEntries(filled),
    ...(attribution.length
      ? Object.fromEntries(attribution)
      : attributionOf(window.location.href, document.referrer)),
  })
}

function Suggestion({ email }: { email: string }) {
  return (
    <p>
      Did you mean <strong>{email}</strong>? If so, change it here.
    </p>
  )
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
