/** Seconds between attempts, as Standard Webhooks suggests: ten attempts in a little over three days. */
const PAUSES = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const ONE_DAY = 86_400

/**
 * Seconds until the next attempt after `attempts` failures, plus up to 20 % jitter, but at least the receiver's
 * `Retry-After` (RFC 9110 §10.2.3), up to a day. Undefined if no attempt is left.
 */
export function nextPause(attempts: number, retryAfter?: string, now = Date.now()): number | undefined {
  const pause = PAUSES[attempts - 1]
  if (pause === undefined) return undefined
  const least = Math.min(readRetryAfter(retryAfter, now), ONE_DAY)
  return Math.ceil(Math.max(pause, least) * (1 + Math.random() * 0.2))
}

/** Parses seconds or a date; 0 for other values. */
function readRetryAfter(value: string | undefined, now: number): number {
  if (!value) return 0
  if (/^\d{1,9}$/.test(value.trim())) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? 0 : Math.max(0, Math.ceil((date - now) / 1000))
}
