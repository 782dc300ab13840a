import { describeApi } from './description'

export const dynamic = 'force-static'

export function GET() {
  return Response.json(describeApi())
}
