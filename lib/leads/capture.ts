import { createHash, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Config } from '#lib/config'
import { identify } from '#lib/forms/answers'
import { parseEmail } from '#lib/forms/email'
import { fieldOf } from '#lib/forms/fields'
import { type Attribution, CONSENT_VERSION, type FormName, fieldsOf, forms } from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/schema'
import { CAPTURE, REPLAY } from '#lib/leads/capture-statement'
import { leadColumns } from '#lib/leads/lead-columns'
import { toE164 } from '#lib/leads/phone'
import { newReference } from '#lib/leads/reference'
import { findSpamReasons } from '#lib/leads/spam'
import { planTrial } from '#lib/leads/trial-token'
import { webhookTypeOf } from '#lib/leads/webhook-types'
import { askAllowance, planFloodAlarm, WITHHELD } from '#lib/mail/allowance'
import { wakeWorkers } from '#lib/mail/outbox'
import { acknowledgementOf, planMails, SUPPRESSIBLE } from '#lib/mail/planned'

/** A valid submission that is to be stored. */
export type Arrival = {
  form: FormName
  values: Submitted
  attribution: Attribution
  /** The client's idempotency key, where it sent one. */
  key?: string
  /**
   * The trial whose address this corrects; serves as the idempotency key. With a prefix of its own: clients choose their
   * keys, and the recipient of a trial's mail knows the trial's id.
   */
  correctionOf?: string
  /**
   * Pseudonym of the visitor's network, by which the caps of `lib/mail/allowance.ts` count. Without a key, the same content
   * is the same submission only within one network.
   */
  client?: string
  /** The path of the page that held the form, for the record of consent. */
  page?: string
}

export type Captured =
  | { outcome: 'stored' | 'replayed'; reference: string; submissionId: string }
  /** The key was used with other content: nothing was stored. */
  | { outcome: 'conflict' }

/** Not stored; can be retried with the same key. `cause` is for the log. */
export class CaptureUnavailable extends Error {
  override name = 'CaptureUnavailable'
}

const REFERENCE_TAKEN = 'submissions_reference_unique'

/**
 * Stores a submission with its events, consents, trial and mails in one statement. Once it resolves to `stored` or
 * `replayed`, the submission is committed and its mails will be sent.
 * @throws {CaptureUnavailable} when the database can't store it now
 */
export async function capture(
  client: Pool | PoolClient,
  arrival: Arrival,
  config: Config,
): Promise<Captured> {
  const contentHash = hashContent(arrival)
  const key = nameKey(arrival, contentHash)
  try {
    return (
      (await store(client, arrival, key, contentHash, config)) ?? (await replay(client, key, contentHash))
    )
  } catch (error) {
    if ((error as { constraint?: string }).constraint === REFERENCE_TAKEN)
      return capture(client, arrival, config)
    throw new CaptureUnavailable('the submission was not stored', { cause: error })
  }
}

/** The key as stored, with a prefix for its origin. Orders have `order:` (`lib/trials/orders.ts`). */
function nameKey({ key, correctionOf, client }: Arrival, contentHash: string): string {
  if (correctionOf) return `correction:${correctionOf}`
  return key ? `key:${key}` : `content:${digest([contentHash, client])}`
}

async function store(
  client: Pool | PoolClient,
  arrival: Arrival,
  key: string,
  contentHash: string,
  config: Config,
): Promise<Captured | undefined> {
  const submissionId = randomUUID()
  const document = documentOf(arrival, submissionId, config)
  const { rows } = await client.query({
    name: 'capture',
    text: CAPTURE,
    values: [
      JSON.stringify({ key, keyed: !!(arrival.key || arrival.correctionOf), contentHash, ...document }),
    ],
  })
  if (!rows[0]) return undefined
  // A client of a pool is in a transaction of its caller's, which is yet to be committed.
  if (!('release' in client)) wakeWorkers(client)
  return { outcome: 'stored', reference: rows[0].reference, submissionId }
}

async function replay(client: Pool | PoolClient, key: string, contentHash: string): Promise<Captured> {
  const { rows } = await client.query({ name: 'replay', text: REPLAY, values: [key] })
  if (!rows[0]) throw new Error('a key is taken and has no submission')
  if (rows[0].contentHash !== contentHash) return { outcome: 'conflict' }
  return { outcome: 'replayed', reference: rows[0].reference, submissionId: rows[0].id }
}

/** The JSON document that the statement `CAPTURE` reads. */
function documentOf(arrival: Arrival, submissionId: string, config: Config) {
  const email = parseEmail(String(arrival.values.email))
  if (!email) throw new Error('capture() takes validated submissions only')
  const reasons = findSpamReasons(arrival.values)
  const reference = newReference()
  return {
    lead: describeLead(arrival, email.address, email.canonical),
    submission: {
      id: submissionId,
      reference,
      form: arrival.form,
      fields: visibleFields(arrival),
      attribution: arrival.attribution,
      verdict: reasons.length ? 'held' : 'accepted',
      reasons,
    },
    consents: describeConsents(arrival),
    event: describeEvent(arrival.form, reference, reasons.length > 0),
    trial: arrival.form === 'trial' ? planTrial(email.address, config) : null,
    mails: planMails(arrival.form, email.address, config),
    allowance: askAllowance(
      {
        email: email.address,
        network: arrival.client,
        notice: true,
        reply: acknowledgementOf(arrival.form) !== undefined,
      },
      config,
    ),
    withheld: WITHHELD,
    suppressible: SUPPRESSIBLE,
    alarm: planFloodAlarm(config),
  }
}

/** The first event of the timeline, with its webhook. Suspected spam is not announced. */
function describeEvent(form: FormName, reference: string, held: boolean) {
  const data = { form, reference }
  if (held) return { kind: 'held', data }
  return {
    kind: 'submitted',
    data,
    webhookType: webhookTypeOf('submitted'),
    webhookData: { reference, form },
  }
}

function describeLead(arrival: Arrival, email: string, emailCanonical: string) {
  const { form, values } = arrival
  const latest = leadColumns.map((column) => [column, values[column] || undefined])
  return {
    id: randomUUID(),
    email,
    emailCanonical,
    ...Object.fromEntries(latest),
    phoneE164: values.phone && toE164(values.phone),
    threadSubject: `${forms[form].noun} from ${identify(visibleFields(arrival)).join(', ')}`,
  }
}

/** The form's visible fields as typed, without empty ones. */
function visibleFields({ form, values }: Arrival): Record<string, string | boolean> {
  const filled = fieldsOf(form)
    .map(({ name }) => [name, values[name]] as const)
    .filter(
      (entry): entry is [(typeof entry)[0], string | boolean] => entry[1] !== undefined && entry[1] !== '',
    )
  return Object.fromEntries(filled)
}

/** Each consent that the form asks for, given or not, in the exact words (GDPR Art. 7(1), TCPA). */
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

/** Hash of form and visible content, independent of the encoding it was sent in. */
function hashContent(arrival: Arrival): string {
  const content = Object.entries(visibleFields(arrival)).filter(([, value]) => value !== false)
  return digest([arrival.form, content])
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
