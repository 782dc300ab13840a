import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Webhook } from 'standardwebhooks'
import type { Config } from '#lib/config'
import { checkLiteral, guardedLookup } from '#lib/webhooks/destination'

/** For a whole attempt, from DNS lookup to the last byte. Shorter than a lease (`lib/jobs/claims.ts`). */
const ATTEMPT_TIMEOUT_MS = 15_000
const MAX_RESPONSE_BYTES = 65_536

export type Receiver = NonNullable<Config['webhook']>

/** The receiver's response. `contentType` is in lower case; `body` is undefined if it was larger than 64 KiB. */
export type ReceiverResponse = { status: number; retryAfter?: string; contentType: string; body?: string }

/**
 * Makes one attempt: POSTs the body with a signature and timestamp (Standard Webhooks). Redirects are not followed:
 * they would bypass the check of the address. Rejects with the connection's error, or with a `TimeoutError`.
 */
export async function sendWebhook(receiver: Receiver, id: string, body: string): Promise<ReceiverResponse> {
  const url = new URL(receiver.url)
  checkLiteral(url.hostname, receiver.allow)
  const deadline = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)
  try {
    // The abort signal does not end a connection in every state; the race does.
    return await Promise.race([
      exchange(url, { ...optionsFor(receiver, id, body), signal: deadline }, body),
      rejectAt(deadline),
    ])
  } catch (error) {
    // A timeout while reading the body surfaces as "aborted"; the timeout is thrown instead.
    throw deadline.aborted ? deadline.reason : error
  }
}

function optionsFor(receiver: Receiver, id: string, body: string): RequestOptions {
  const now = new Date()
  return {
    method: 'POST',
    // A new connection each time: a reused one would skip the lookup and its check.
    agent: false,
    lookup: guardedLookup(receiver.allow),
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'TrackStat-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(receiver.secret).sign(id, now, body),
    },
  }
}

async function exchange(url: URL, options: RequestOptions, body: string): Promise<ReceiverResponse> {
  const response = await post(url, options, body)
  const { statusCode: status = 0, headers } = response
  const contentType = (headers['content-type'] ?? '').toLowerCase()
  return { status, retryAfter: headers['retry-after'], contentType, body: await readBody(response) }
}

function rejectAt(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => deadline.addEventListener('abort', () => reject(deadline.reason)))
}

function post(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options)
    // A 101 response closes the connection without a response event and without an error.
    request.on('close', () => reject(new Error('the connection was closed without an answer')))
    request.on('response', resolve).on('error', reject).end(body)
  })
}

async function readBody(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > MAX_RESPONSE_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
