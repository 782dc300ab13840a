import { createHash, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Config } from '#lib/config'
import type { Attribution, FormName } from '#lib/forms/forms'
import type { Submitted } from '#lib/forms/submission-schema'
import { captureDocument, visibleFields } from '#lib/leads/capture-document'
import { CAPTURE, EARLIER, REPLAY } from '#lib/leads/capture-statement'
import { judge } from '#lib/leads/spam'
import { wakeWorkers } from '#lib/mail/outbox'

/** A validated submission to be stored. */
export type Arrival = {
  form: FormName
  values: Submitted
  attribution: Attribution
  /** The client's idempotency key, where it sent one. */
  key?: string
  /**
   * Id of the trial whose address this corrects, used as the idempotency key. Stored with another prefix than keys of
   * clients, because the recipient of a trial's mail knows the id and could send it as a key.
   */
  correctionOf?: string
  /**
   * Pseudonym of the visitor's network. The caps of `lib/mail/allowance.ts` count by it, and without a key the same content
   * is one submission only within one network.
   */
  network?: string
  /** Why the submission that this corrects was held. */
  heldFor?: string[]
  /** Earlier submissions of this browser. One with the same content within 24 hours is the same submission, whatever its key. */
  earlier?: string[]
  /** Path of the page with the form, for the record of consent. */
  page?: string
}

export type Captured =
  | { outcome: 'stored' | 'replayed'; reference: string; submissionId: string }
  /** The key was used with other content; nothing was stored. */
  | { outcome: 'conflict' }

/** The submission was not stored and can be retried with the same key. `cause` is for the log. */
export class CaptureUnavailable extends Error {
  override name = 'CaptureUnavailable'
}

const REFERENCE_TAKEN = 'submissions_reference_unique'

/**
 * Stores a submission with its events, consents, trial and mails in one statement. When this resolves to `stored` or
 * `replayed`, the submission is committed with its mails; with a client in a transaction, after its commit.
 * @throws {CaptureUnavailable} if the database can't store it now
 */
export async function capture(
  client: Pool | PoolClient,
  arrival: Arrival,
  config: Config,
): Promise<Captured> {
  const contentHash = hashContent(arrival)
  const key = nameKey(arrival, contentHash)
  const keyed = !!(arrival.key || arrival.correctionOf)
  const submissionId = randomUUID()
  try {
    const sentBefore = await findEarlier(client, arrival, contentHash)
    if (sentBefore) return sentBefore
    const judgment = await judge(client, arrival)
    const document = captureDocument(arrival, submissionId, judgment, config)
    const values = [JSON.stringify({ key, keyed, contentHash, ...document })]
    const { rows } = await client.query({ name: 'capture', text: CAPTURE, values })
    if (!rows[0]) return await replay(client, key, contentHash)
    // A pooled client is in its caller's transaction, which is not committed yet.
    if (!('release' in client)) wakeWorkers(client)
    return { outcome: 'stored', reference: rows[0].reference, submissionId }
  } catch (error) {
    if ((error as { constraint?: string }).constraint === REFERENCE_TAKEN)
      return capture(client, arrival, config)
    throw new CaptureUnavailable('the submission was not stored', { cause: error })
  }
}

/** The key as stored, with a prefix for its origin. Orders have `order:` (`lib/trials/orders.ts`). */
function nameKey({ key, correctionOf, network }: Arrival, contentHash: string): string {
  if (correctionOf) return `correction:${correctionOf}`
  return key ? `key:${key}` : `content:${digest([contentHash, network])}`
}

/** Sent before by this browser: it went back, where its page may have been loaded again and has another key. */
async function findEarlier(
  client: Pool | PoolClient,
  { earlier = [] }: Arrival,
  contentHash: string,
): Promise<Captured | undefined> {
  if (earlier.length === 0) return undefined
  const { rows } = await client.query({ name: 'earlier', text: EARLIER, values: [earlier, contentHash] })
  return rows[0] && { outcome: 'replayed', reference: rows[0].reference, submissionId: rows[0].id }
}

async function replay(client: Pool | PoolClient, key: string, contentHash: string): Promise<Captured> {
  const { rows } = await client.query({ name: 'replay', text: REPLAY, values: [key] })
  if (!rows[0]) throw new Error('a key is taken and has no submission')
  if (rows[0].contentHash !== contentHash) return { outcome: 'conflict' }
  return { outcome: 'replayed', reference: rows[0].reference, submissionId: rows[0].id }
}

/** Hash of the form and its visible fields, equal for JSON and form encoding. */
function hashContent(arrival: Arrival): string {
  const content = Object.entries(visibleFields(arrival)).filter(([, value]) => value !== false)
  return digest([arrival.form, content])
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
