import { problem, seeOther } from '#app/api/problem'
import { BodyRefused, parseBody, readBytes, readMediaType } from '#lib/guard/body'
import { unsubscribe } from '#lib/mail/suppression'

/**
 * The button on `/unsubscribe`, and RFC 8058's one-click post by mail programs, which come from
 * anywhere: the token in the address is what counts, not the origin.
 */
export async function POST(request: Request) {
  const { headers } = request
  try {
    const kind = readMediaType(headers.get('content-type'), headers.get('content-encoding'))
    const { values } = parseBody(await readBytes(request.body), kind)
    const token = values.token ?? new URL(request.url).searchParams.get('token')
    const done = await unsubscribe(typeof token === 'string' ? token : undefined)
    return seeOther(done ? '/unsubscribe?done=1' : '/unsubscribe')
  } catch (error) {
    if (error instanceof BodyRefused) return problem(error.status, error.message)
    throw error
  }
}
