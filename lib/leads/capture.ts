import { createHash, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Config } from '#lib/config'
import { parseEmail } from '#lib/forms/email'
import {
  type Attribution,
  CONSENT_VERSION,
  consentWording,
  type FormName,
  fieldsOf,
  forms,
} from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/schema'
import { CAPTURE, REPLAY } from '#lib/leads/capture-statement'
import { toE164 } from '#lib/leads/phone'
import { newReference } from '#lib/leads/reference'
import { findSpamReasons } from '#lib/leads/spam'
import { askAllowance, planFloodAlarm, WITHHELD } from '#lib/mail/allowance'
import { wakeWorkers } from '#lib/mail/outbox'
import { planMails } from '#lib/mail/planned'
import { planTrial } from '#lib/trials/token'

/** A valid submission on its way into the database. */
export type Arrival = {
  form: FormName
  values: Submitted
  attribution: Attribution
  /** The client's own idempotency key, where it sent one. */
  key?: string
  /**
   * The trial whose address this corrects: it is the key then. In a space of its own, as visitors choose their keys, and
   * who got the trial's mail knows the trial's id.
   */
  correctionOf?: string
  /**
   * The pseudonym of the network that it came from. The caps of `lib/mail/allowance.ts` count by it. Without a key, the
   * same content is one submission within a network only.
   */
  client?: string
  /** The path of the page that held the form, for the record of consent. */
  page?: string
}

export type Captured =
  | { outcome: 'stored' | 'replayed'; reference: string; submissionId: string }
  /** The same key with other content: nothing was stored. */
  | { outcome: 'conflict' }

/** Not stored, and safe to send again with the same key. `cause` says why, for the log. */
export class CaptureUnavailable extends Error {
  override name = 'CaptureUnavailable'
}

const REFERENCE_TAKEN = 'submissions_reference_unique'

/**
 * Stores a submission with everything that follows from it, in one statement, or nothing of it. When
 * it answers `stored` or `replayed`, the submission is committed and its mails will be sent.
 * @throws {CaptureUnavailable} when the database can't take it now
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

/** The key's name in the table. Each origin has its prefix; those of orders are `order:` (`lib/trials/orders.ts`). */
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

/** The document that the statement takes apart. */
function documentOf(arrival: Arrival, submissionId: string, config: Config) {
  const email = parseEmail(String(arrival.values.email))
  if (!email) throw new Error('capture() takes validated submissions only')
  const reasons = findSpamReasons(arrival.values)
  return {
    lead: describeLead(arrival, email.address, email.canonical),
    submission: {
      id: submissionId,
      reference: newReference(),
      form: arrival.form,
      fields: visibleFields(arrival),
      attribution: arrival.attribution,
      verdict: reasons.length ? 'held' : 'accepted',
      reasons,
    },
    consents: describeConsents(arrival),
    trial: arrival.form === 'trial' ? planTrial(config) : null,
    mails: planMails(arrival.form, email.address, config),
    allowance: askAllowance({ email: email.address, network: arrival.client, notice: true }, config),
    withheld: WITHHELD,
    alarm: planFloodAlarm(config),
  }
}

function describeLead({ form, values }: Arrival, email: string, emailCanonical: string) {
  const phone = values.phone || undefined
  const who = [values.name, values.company].filter(Boolean).join(', ')
  return {
    id: randomUUID(),
    email,
    emailCanonical,
    name: values.name,
    company: values.company || undefined,
    phone,
    phoneE164: phone && toE164(phone),
    role: values.role || undefined,
    ehr: values.ehr || undefined,
    threadSubject: `${forms[form].noun} from ${who}`,
  }
}

/** What the person filled in, as typed, without what was left empty. */
function visibleFields({ form, values }: Arrival): Record<string, string | boolean> {
  const filled = fieldsOf(form)
    .map(({ name }) => [name, values[name]] as const)
    .filter(
      (entry): entry is [(typeof entry)[0], string | boolean] => entry[1] !== undefined && entry[1] !== '',
    )
  return Object.fromEntries(filled)
}

function describeConsents({ form, values, page }: Arrival) {
  return (['texts', 'terms'] as const)
    .filter((purpose) => purpose in forms[form].fields)
    .map((purpose) => ({
      purpose,
      granted: values[purpose] === true,
      version: CONSENT_VERSION,
      wording: consentWording(purpose),
      page,
    }))
}

/** The same form with the same visible content, however it was sent, has the same hash. */
function hashContent(arrival: Arrival): string {
  const content = Object.entries(visibleFields(arrival)).filter(([, value]) => value !== false)
  return digest([arrival.form, content])
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
