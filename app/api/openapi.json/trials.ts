import { jsonResponse, problemResponse } from '#app/api/openapi.json/responses'
import { TRIAL_STATES } from '#lib/db/trial-states'
import { MAX_DAYS, MAX_KEY_LENGTH } from '#lib/trials/orders'

const reference = { name: 'reference', in: 'path', required: true, schema: { type: 'string' } }
const security = [{ product: [] }]

const responses = {
  200: jsonResponse('The trial as it is now.', 'Trial'),
  401: problemResponse('Not the API token.'),
  404: problemResponse('No such trial, or API_TOKEN is not set.'),
  503: problemResponse(
    'Not possible just now: send it again after Retry-After seconds, which is safe with the same key.',
  ),
}
/** The body of `extend`, the only order with one. */
const refusedBody = {
  400: problemResponse('Not JSON, or not UTF-8.'),
  403: problemResponse('Sent by a page of another site.'),
  413: problemResponse('Larger than 64 KiB.'),
  415: problemResponse('Not application/json.'),
  422: problemResponse('Days out of range, or a key that is too long or was used for another order.'),
}

/** The product's API: a trial and the orders for it. */
export function describeTrials() {
  const orders = ['convert', 'cancel', 'extend'].map((name) => [
    `/api/trials/{reference}/${name}`,
    { post: describeOrder(name) },
  ])
  const read = { operationId: 'read-trial', summary: 'A trial', security, parameters: [reference], responses }
  return { '/api/trials/{reference}': { get: read }, ...Object.fromEntries(orders) }
}

function describeOrder(name: string) {
  const days = { type: 'integer', minimum: 1, maximum: MAX_DAYS }
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', maxLength: MAX_KEY_LENGTH },
  }
  const more = name === 'extend' && {
    parameters: [reference, key],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { type: 'object', required: ['days'], properties: { days } } },
      },
    },
  }
  return {
    operationId: `${name}-trial`,
    summary: name === 'extend' ? 'A later end; once for each key' : 'Twice is once',
    security,
    parameters: [reference],
    ...more,
    responses: {
      ...responses,
      ...(name === 'extend' && refusedBody),
      409: problemResponse('Not possible in the present state; the detail says why.'),
    },
  }
}

export const trialSchema = {
  type: 'object',
  required: ['reference', 'state', 'days', 'requested_at'],
  properties: {
    reference: { type: 'string', examples: ['TS-4KX7MT9P'] },
    state: { enum: TRIAL_STATES },
    days: { type: 'integer' },
    requested_at: { type: 'string', format: 'date-time' },
    starts_at: { type: ['string', 'null'], format: 'date-time' },
    ends_at: { type: ['string', 'null'], format: 'date-time' },
    login_url: { type: ['string', 'null'], format: 'uri' },
  },
}
