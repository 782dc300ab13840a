import { checkHealth } from '#lib/health'

export const dynamic = 'force-dynamic'

/** 200 with the state of each part, 503 when one of them does not work. */
export async function GET() {
  const health = await checkHealth()
  const ready = health.database === 'ok' && health.mail === 'ok' && health.worker === 'ok'
  return Response.json(health, { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
