import { createHash, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Config } from '#lib/config'
import type { Attribution, FormName } from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/submission-schema'
import { captureDocument, visibleFields } from '#lib/leads/capture-document'
import { CAPTURE, REPLAY } from '#lib/leads/capture-statement'
import { wakeWorkers } from '#lib/mail/outbox'

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
  const document = captureDocument(arrival, submissionId, config)
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

/** Hash of form and visible content, independent of the encoding it was sent in. */
function hashContent(arrival: Arrival): string {
  const content = Object.entries(visibleFields(arrival)).filter(([, value]) => value !== false)
  return digest([arrival.form, content])
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
