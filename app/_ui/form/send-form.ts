import type { FieldErrors } from '#lib/forms/submission-schema'

/** In milliseconds: the timeout of one request, the first and the longest wait between two, and the limit of all. */
type Pace = { deadlineMs: number; firstMs: number; maxMs: number; totalMs: number }
const ordinaryPace: Pace = { deadlineMs: 15_000, firstMs: 1_000, maxMs: 30_000, totalMs: 600_000 }

export type Trouble = 'unreachable' | 'unavailable' | 'too-many'

type Accepted = { is: 'accepted'; next: string }
type Refused = { is: 'refused'; errors: FieldErrors }
type Later = { is: 'later'; why: Trouble; afterMs: number }
type KeyTaken = { is: 'key-taken' }
type PostResult = Accepted | Refused | Later | KeyTaken

/** `gave-up`: no answer within `totalMs`. `stopped`: `wait` decided so. Either way it may or may not be stored. */
type SendOutcome = Accepted | Refused | { is: 'gave-up'; why: Trouble } | { is: 'stopped' }

/** `restart`: the browser was offline, which says nothing about the server, so the time limit starts again. */
export type Decision = 'retry' | 'restart' | 'stop'
/** Waits between two attempts and decides how to go on. Passed in, so that sending does not depend on the page. */
type Wait = (ms: number, why: Trouble) => Promise<Decision>

type SendAttempt = { key: string; content: string; settled: boolean }

/**
 * A sender for one form on one page. Retries of the same content use the same Idempotency-Key. Changed content gets a
 * new key only after the previous attempt was answered. Until then the old key is used: if the first attempt was
 * stored, the server refuses it (422); a new key would store a second submission.
 */
export function makeSender(url: string, pace: Pace = ordinaryPace) {
  let last: SendAttempt | undefined

  function attemptOf(content: string): SendAttempt {
    if (!last || (last.settled && last.content !== content))
      last = { key: mintKey(), content, settled: false }
    last.content = content
    return last
  }

  return async function send(content: string, wait: Wait): Promise<SendOutcome> {
    let end = Date.now() + pace.totalMs
    let renewed = false
    for (let pauseMs = pace.firstMs; ; ) {
      const attempt = attemptOf(content)
      const result = await post(url, content, attempt.key, pace.deadlineMs)
      attempt.settled = result.is === 'accepted' || result.is === 'refused'
      if (result.is === 'accepted' || result.is === 'refused') return result
      if (result.is === 'key-taken') {
        // A new key can't be taken, so retrying would never end.
        if (renewed) return { is: 'refused', errors: { form: [REFUSED] } }
        renewed = true
        last = undefined
        continue
      }
      const ms = Math.max(pauseMs, result.afterMs)
      if (Date.now() + ms > end) return { is: 'gave-up', why: result.why }
      const next = await wait(ms, result.why)
      if (next === 'stop') return { is: 'stopped' }
      pauseMs = next === 'restart' ? pace.firstMs : Math.min(pauseMs * 2, pace.maxMs)
      if (next === 'restart') end = Date.now() + pace.totalMs
    }
  }
}

const REFUSED = 'The server did not accept this form. Reload the page and send it again, or call us.'

/** One request. Any connection failure, also in the middle of the response, is "later". */
async function post(url: string, content: string, key: string, deadlineMs: number): Promise<PostResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: content,
      signal: AbortSignal.timeout(deadlineMs),
    })
    return await readResult(response)
  } catch {
    return { is: 'later', why: 'unreachable', afterMs: 0 }
  }
}

async function readResult(response: Response): Promise<PostResult> {
  const { status, headers } = response
  if (status === 429) return { is: 'later', why: 'too-many', afterMs: retryAfterMs(headers) }
  if (status === 408 || status >= 500)
    return { is: 'later', why: 'unavailable', afterMs: retryAfterMs(headers) }
  if (response.ok) return { is: 'accepted', next: localPath((await response.json()).next) }
  // A refusal is final, also if a proxy replaced our response with its own page.
  const body = await response.json().catch(() => ({}))
  if (status === 422 && !body.errors) return { is: 'key-taken' }
  return { is: 'refused', errors: body.errors ?? { form: [body.detail ?? REFUSED] } }
}

/** Milliseconds of a Retry-After (RFC 9110 §10.2.3: seconds or a date); 0 without one. */
function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? 0 : Math.max(ms, 0)
}

/** Only a path on this site: a proxy must not choose where the visitor goes. */
function localPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** A version 4 UUID (RFC 9562). Browsers have no `randomUUID` on plain HTTP, except for localhost. */
export function mintKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
