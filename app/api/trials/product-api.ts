import { createHash, timingSafeEqual } from 'node:crypto'
import { problem } from '#app/api/problem'
import { readConfig } from '#lib/config'
import type { TrialRow } from '#lib/trials/transitions'

/** The response to a request without the product's token: 404 if API_TOKEN is not set, else 401. */
export function requireApiToken(request: Request): Response | undefined {
  const { apiToken } = readConfig()
  if (!apiToken) return problem(404, 'This API is off. It is turned on by the setting API_TOKEN.')
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  // timingSafeEqual needs equal lengths, which hashes have.
  if (timingSafeEqual(digest(given), digest(apiToken))) return undefined
  const refusal = problem(401, 'Send the header Authorization: Bearer and the API token.')
  refusal.headers.set('WWW-Authenticate', 'Bearer')
  return refusal
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** A trial as the product's API returns it, without personal data. */
export function trialResponse(reference: string, trial: TrialRow): Response {
  const { state, days, requestedAt, startsAt, accessAt, endsAt, loginUrl } = trial
  const body = {
    ...{ reference: reference.toUpperCase(), state, days },
    requested_at: requestedAt,
    starts_at: startsAt,
    access_at: accessAt,
    ends_at: endsAt,
    login_url: loginUrl,
  }
  return Response.json(body, { headers: { 'Cache-Control': 'private, no-store' } })
}

export function noTrial(): Response {
  return problem(404, 'There is no trial of this reference.')
}
