import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '#lib/db/connection'
import { pseudonym } from '#lib/guard/token'

/** Submissions of one network in ten minutes: more than an office sends, even with a hundred retries of one. */
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
    // A network over its limit is rejected without a query, so that a flood does not reach the database.
    inMemoryBlockOnConsumed: POINTS + 1,
  })
  return kept.trackstatLimiter
}

/**
 * Counts one request of a network, over all instances. Rejects with the database's errors.
 * @returns 0 if the request may go on, else the seconds to wait
 */
export async function consumeRateLimit(database: Database, address: string): Promise<number> {
  try {
    await limiter(database).consume(networkPseudonym(address))
    return 0
  } catch (refusal) {
    // Not by its class: the limiter is shared with Next's bundle, which has its own copy of the library.
    const { msBeforeNext } = refusal as Partial<RateLimiterRes>
    if (msBeforeNext !== undefined) return Math.max(1, Math.ceil(msBeforeNext / 1000))
    throw refusal
  }
}

/** Pseudonym of the network that a request comes from. */
export function networkPseudonym(address: string): string {
  return pseudonym(networkOf(address))
}

/** The network of an address: the IPv4 address itself, or the IPv6 /64, because one subscriber has a whole /64. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return parsed.toByteArray().slice(0, 8).join('.')
}
