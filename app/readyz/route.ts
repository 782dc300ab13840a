import { checkHealth } from '#lib/db/health'

/**
 * 200 while this instance can take a submission, else 503; with `?delivery`, 503 also while no mail goes out.
 * Both with the state of each part.
 */
export async function GET(request: Request) {
  const health = await checkHealth()
  const delivers = health.mail === 'ok' && health.worker === 'ok'
  const asked = new URL(request.url).searchParams.has('delivery')
  const ready = health.database === 'ok' && (delivers || !asked)
  return Response.json(health, {
    status: ready ? 200 : 503,
    headers: { 'Cache-Control': 'private, no-store' },
  })
}
