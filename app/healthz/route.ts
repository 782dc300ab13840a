/** 200 while the process serves. */
export function GET() {
  return new Response('ok\n', { headers: { 'Cache-Control': 'no-store' } })
}
