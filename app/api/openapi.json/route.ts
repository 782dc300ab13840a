import { describeApi } from './description'

export const dynamic = 'force-static'

export function GET() {
  // Next would let proxies cache it for a year; a release may change it.
  return Response.json(describeApi(), { headers: { 'Cache-Control': 'public, max-age=300' } })
}
