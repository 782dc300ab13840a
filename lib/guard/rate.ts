import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '#lib/db/connection'
import { pseudonym } from '#lib/guard/token'

/**
 * How many submissions one address may send in ten minutes. An office behind one address must never
 * meet it, and a hundred requests with one key are one submission; a script does meet it.
 */
const POINTS = 120
const WINDOW_SECONDS = 600

const kept = globalThis as { trackstatLimiter?: RateLimiterPostgres }

function limiter(database: Database): RateLimiterPostgres {
  kept.trackstatLimiter ??= new RateLimiterPostgres({
    storeClient: database.$client,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: 'submit',
    points: POINTS,
    duration: WINDOW_SECONDS,
    // An address over its limit is answered from memory: a flood must not become a flood of queries.
    inMemoryBlockOnConsumed: POINTS + 1,
  })
  return kept.trackstatLimiter
}

/**
 * Counts one request of an address. Answers 0 when it may go on, else the seconds to wait.
 * Shared by all instances. Throws what the database throws.
 */
export async function waitSeconds(database: Database, address: string): Promise<number> {
  try {
    await limiter(database).consume(clientOf(address))
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw refusal
  }
}

/** A name for the network that a request comes from; not to be read back. */
export function clientOf(address: string): string {
  return pseudonym(bucketOf(address))
}

/** One bucket for each IPv4 address and each IPv6 /64: whoever has one address of a /64 has all of them. */
export function bucketOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return parsed.toByteArray().slice(0, 8).join('.')
}
