import { problem } from '#app/api/problem'
import { readIdempotencyKey, readRequestBody } from '#app/api/request-body'
import { noTrial, requireApiToken, trialResponse } from '#app/api/trials/product-api'
import { withErrorResponse } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { checkLoginUrl } from '#lib/trials/login-url'
import { KeyReused, MAX_DAYS, MAX_KEY_LENGTH, type Order, orderTrial } from '#lib/trials/orders'
import { OrderRefused } from '#lib/trials/transitions'

type Context = { params: Promise<{ reference: string; order: string }> }

/** The product's orders: access, convert, cancel, extend. */
export const POST = withErrorResponse(async (request: Request, context: Context) => {
  const refusal = requireApiToken(request)
  if (refusal) return refusal
  const { reference, order: name } = await context.params
  const order = await readOrder(request, name)
  if (order instanceof Response) return order
  const key = readIdempotencyKey(request.headers)
  if (order.name === 'extend' && key && key.length > MAX_KEY_LENGTH)
    return problem(422, `Send an Idempotency-Key of ${MAX_KEY_LENGTH} characters at most.`)
  try {
    const trial = await orderTrial(database(), reference, order, 'product', key)
    return trial ? trialResponse(reference, trial) : noTrial()
  } catch (error) {
    if (error instanceof KeyReused) return problem(422, 'This Idempotency-Key was used for another order.')
    if (error instanceof OrderRefused) return problem(409, `Not done: ${error.message}.`)
    throw error
  }
})

async function readOrder(request: Request, name: string): Promise<Order | Response> {
  if (name === 'convert' || name === 'cancel') return { name }
  const isAccess = name === 'access'
  if (!isAccess && name !== 'extend')
    return problem(404, 'There are four orders: access, convert, cancel, and extend.')
  const { headers } = request
  // The link may be left out, and with it the body.
  if (isAccess && hasNoBody(headers)) return { name }
  const sent = await readRequestBody(request, readConfig().appUrl)
  if (sent instanceof Response) return sent
  const example = isAccess ? '{"login_url": "https://…"}' : '{"days": 7}'
  if (sent.kind !== 'json') return problem(415, `Send JSON: ${example}.`)
  const field = isAccess ? 'login_url' : 'days'
  const { [field]: value, ...unknown } = sent.values
  const [foreign] = Object.keys(unknown)
  if (foreign) return problem(422, `There is no field ${foreign.slice(0, 40)}; the only one is ${field}.`)
  return isAccess ? readAccess(value) : readDays(value)
}

/** A request with neither header has no body (RFC 9112 §6.3). */
function hasNoBody(headers: Headers): boolean {
  return !headers.has('transfer-encoding') && Number(headers.get('content-length') ?? 0) === 0
}

function readAccess(value: unknown): Order | Response {
  if (value === undefined || value === null) return { name: 'access' }
  const { loginUrl, fault } = checkLoginUrl(value, readConfig().webhook?.allow)
  if (fault === undefined) return { name: 'access', loginUrl }
  return problem(422, 'Please correct the link.', { errors: { login_url: [`${fault}.`] } })
}

function readDays(days: unknown): Order | Response {
  if (Number.isInteger(days) && Number(days) >= 1 && Number(days) <= MAX_DAYS)
    return { name: 'extend', days: Number(days) }
  return problem(422, 'Please correct the days.', {
    errors: { days: [`A whole number from 1 to ${MAX_DAYS}.`] },
  })
}
