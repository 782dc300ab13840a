import { randomUUID } from 'node:crypto'
import type { Config } from '#lib/config'
import { identify } from '#lib/forms/answers'
import { parseEmail } from '#lib/forms/email'
import { fieldOf } from '#lib/forms/fields'
import { CONSENT_VERSION, type FormName, fieldsOf, forms } from '#lib/forms/forms'
import { readPhone } from '#lib/forms/phone'
import type { Arrival } from '#lib/leads/capture'
import { leadColumns } from '#lib/leads/lead-columns'
import { newReference } from '#lib/leads/reference'
import type { Judgment } from '#lib/leads/spam'
import { planTrial } from '#lib/leads/trial-token'
import { webhookTypeOf } from '#lib/leads/webhook-types'
import { allowanceRequest, planFloodAlarm, WITHHELD } from '#lib/mail/allowance'
import { acknowledgementOf, planMails, SUPPRESSIBLE } from '#lib/mail/planned'

/** The JSON document that the statement `CAPTURE` stores, without key and content hash. */
export function captureDocument(
  arrival: Arrival,
  submissionId: string,
  { verdict, reasons }: Judgment,
  config: Config,
) {
  const email = parseEmail(String(arrival.values.email))
  if (!email) throw new Error('capture() takes validated submissions only')
  const kind = acknowledgementOf(arrival.form)
  const reference = newReference()
  return {
    lead: describeLead(arrival, email.address, email.canonical),
    submission: {
      id: submissionId,
      reference,
      form: arrival.form,
      fields: visibleFields(arrival),
      attribution: arrival.attribution,
      verdict,
      reasons,
    },
    consents: describeConsents(arrival),
    event: describeEvent(arrival.form, reference, verdict === 'held'),
    trial: arrival.form === 'trial' ? planTrial(email.address, config) : null,
    mails: planMails(arrival.form, email.address, config),
    allowance: allowanceRequest(
      {
        email: email.address,
        kind,
        network: arrival.network,
        notice: true,
        // A flagged submission's reply is counted when it is released.
        reply: kind !== undefined && verdict === 'accepted',
      },
      config,
    ),
    withheld: WITHHELD,
    suppressible: SUPPRESSIBLE,
    alarm: planFloodAlarm(config),
  }
}

/** The submission's event, with its webhook. One that is held gets no webhook. */
function describeEvent(form: FormName, reference: string, held: boolean) {
  const kind = held ? 'held' : 'submitted'
  return { kind, data: { reference, form }, webhookType: webhookTypeOf(kind) }
}

function describeLead(arrival: Arrival, email: string, emailCanonical: string) {
  const { form, values } = arrival
  const latest = leadColumns.map((column) => [column, values[column] || undefined])
  return {
    id: randomUUID(),
    email,
    emailCanonical,
    ...Object.fromEntries(latest),
    phoneE164: values.phone && readPhone(values.phone)?.e164,
    threadSubject: `${forms[form].noun} from ${identify(visibleFields(arrival)).join(', ')}`,
  }
}

/** The form's visible fields as typed, without empty ones. */
export function visibleFields({ form, values }: Arrival): Record<string, string | boolean> {
  const filled: Record<string, string | boolean> = {}
  for (const { name } of fieldsOf(form)) {
    const value = values[name]
    if (value !== undefined && value !== '') filled[name] = value
  }
  return filled
}

/** Each consent that the form asks for, granted or not, with its exact wording (GDPR Art. 7(1), TCPA). */
function describeConsents({ form, values, page }: Arrival) {
  return fieldsOf(form)
    .filter(({ name }) => fieldOf(name).kind === 'consent')
    .map(({ name }) => ({
      purpose: name,
      granted: values[name] === true,
      version: CONSENT_VERSION,
      wording: fieldOf(name).label,
      page,
    }))
}
