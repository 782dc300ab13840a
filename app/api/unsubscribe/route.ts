import { problem, seeOther } from '#app/api/problem'
import { refuseBody } from '#app/api/request-body'
import { withErrorResponse } from '#app/api/with-error-response'
import { BodyRefused, parseBody, readBytes, readMediaType } from '#lib/guard/body'
import { unsubscribe } from '#lib/leads/unsubscribe'

/**
 * The button on /unsubscribe, and the one-click POST of mail programs (RFC 8058). The token decides, not the origin,
 * because mail programs post from anywhere.
 */
export const POST = withErrorResponse(async (request) => {
  const tokenInUrl = new URL(request.url).searchParams.get('token') ?? undefined
  try {
    const values = await readValues(request)
    const token = values.token ?? tokenInUrl
    const done = await unsubscribe(typeof token === 'string' ? token : undefined)
    if (values['List-Unsubscribe']) return respondToMailProgram(done)
    return seeOther(done ? '/unsubscribe?done=1' : '/unsubscribe')
  } catch (error) {
    if (error instanceof BodyRefused) return refuseBody(request.headers, error)
    throw error
  }
})

/** RFC 8058 §3.1: a mail program must not be redirected. */
function respondToMailProgram(done: boolean): Response {
  return done ? new Response(null, { status: 204 }) : problem(404, 'This link is not one of ours.')
}

/** Reads `multipart/form-data` too, which mail programs send (RFC 8058 §3.2) and our forms don't. */
async function readValues({ headers, body }: Request): Promise<Record<string, unknown>> {
  const bytes = await readBytes(body)
  const type = headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type))
    return parseBody(bytes, readMediaType(type, headers.get('content-encoding'))).values
  try {
    return Object.fromEntries(
      await new Response(bytes.slice(), { headers: { 'content-type': type } }).formData(),
    )
  } catch {
    throw new BodyRefused(400, 'The body is not a form.')
  }
}
