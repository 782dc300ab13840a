import { describeApi } from './description'

export const dynamic = 'force-static'

export function GET() {
  // Next would let proxies keep it for a year; the next release may describe more.
  return Response.json(describeApi(), { headers: { 'Cache-Control': 'public, max-age=300' } })
}
