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
/** The body of `extend` and `access`, the only orders with one. */
const refusedBody = {
  400: problemResponse('Not JSON, or not UTF-8.'),
  403: problemResponse('Sent by a page of another site.'),
  413: problemResponse('Larger than 64 KiB.'),
  415: problemResponse('Not application/json.'),
  422: problemResponse(
    'Days out of range, a link that can’t be used, or a key that is too long or was used for another order.',
  ),
}

/** The product's API: a trial and the orders for it. */
export function describeTrials() {
  const orders = (['convert', 'cancel', 'extend', 'access'] as const).map((name) => [
    `/api/trials/{reference}/${name}`,
    { post: describeOrder(name) },
  ])
  const read = { operationId: 'read-trial', summary: 'A trial', security, parameters: [reference], responses }
  return { '/api/trials/{reference}': { get: read }, ...Object.fromEntries(orders) }
}

const SUMMARIES = {
  access: 'The person can sign in: the days of the trial count from now. Twice is once',
  convert: 'The person became a customer. Twice is once',
  cancel: 'Ends the trial now. Twice is once',
  extend: 'A later end; once for each key',
}

function describeOrder(name: keyof typeof SUMMARIES) {
  const days = { type: 'integer', minimum: 1, maximum: MAX_DAYS }
  const login_url = {
    type: 'string',
    format: 'uri',
    description: 'Where they sign in: https, or a host in WEBHOOK_ALLOW.',
  }
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', maxLength: MAX_KEY_LENGTH },
  }
  const isExtend = name === 'extend'
  const properties = isExtend ? { days } : { login_url }
  const schema = { type: 'object', required: isExtend ? ['days'] : [], properties }
  const more = (isExtend || name === 'access') && {
    parameters: isExtend ? [reference, key] : [reference],
    requestBody: { required: isExtend, content: { 'application/json': { schema } } },
  }
  return {
    operationId: `${name}-trial`,
    summary: SUMMARIES[name],
    security,
    parameters: [reference],
    ...more,
    responses: {
      ...responses,
      ...(more && refusedBody),
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
    access_at: {
      type: ['string', 'null'],
      format: 'date-time',
      description:
        'When the person could first sign in. Until then the days of a running trial do not count.',
    },
    ends_at: {
      type: ['string', 'null'],
      format: 'date-time',
      description: 'While the person can’t sign in, the earliest end: it moves later by the wait.',
    },
    login_url: { type: ['string', 'null'], format: 'uri' },
  },
}
