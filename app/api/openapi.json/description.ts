import * as z from 'zod/mini'
import { jsonResponse, problemResponse } from '#app/api/openapi.json/responses'
import { describeTrials, trialSchema } from '#app/api/openapi.json/trials'
import { fieldOf } from '#lib/forms/fields'
import { type FormName, fieldsOf, formNames, forms } from '#lib/forms/forms'
import { submissionSchema } from '#lib/forms/submission-schema'

/** OpenAPI 3.1 of the forms and the product's API. The forms' part is derived from the schemas that validate them. */
export function describeApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'TrackStat forms',
      version: '1.0.0',
      description:
        'Send a submission once or many times with the same key: it is stored once. An answer of 200 or 201 means that it is committed.',
    },
    paths: {
      ...Object.fromEntries(
        formNames.map((form) => [`/api/submissions/${form}`, { post: describeForm(form) }]),
      ),
      ...describeTrials(),
    },
    components: {
      schemas: { Received: receivedSchema, Problem: problemSchema, Trial: trialSchema },
      securitySchemes: { product: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function describeForm(form: FormName) {
  const schema = z.toJSONSchema(submissionSchema(form), { io: 'input' })
  for (const { name } of fieldsOf(form))
    Object.assign(schema.properties?.[name] ?? {}, { title: fieldOf(name).label })
  return {
    operationId: `submit-${form}`,
    summary: forms[form].title,
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        schema: { type: 'string', format: 'uuid' },
        description: 'Bare or quoted. The same key and content again gets the same answer.',
      },
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
    },
    responses: {
      201: jsonResponse(
        'Stored with its mails. One to the visitor may be withheld (signs of spam, limits): the next page says so.',
        'Received',
      ),
      200: jsonResponse('Stored before, under the same key.', 'Received'),
      303: { description: 'A plain form: on to the next page, or to /review with the errors.' },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, text]) => [status, problemResponse(text)]),
      ),
    },
  }
}

const refusals = {
  400: 'Neither JSON nor a form.',
  403: 'Sent from another site.',
  413: 'Larger than 64 KiB.',
  415: 'Another media type or encoding.',
  422: 'Fields to correct, or a key that was used for other content.',
  429: 'Too many; see Retry-After.',
  503: 'The database can’t take it now; see Retry-After. The same key is safe to send again.',
}

const receivedSchema = {
  type: 'object',
  required: ['reference', 'next'],
  properties: { reference: { type: 'string', examples: ['TS-4KX7MT9P'] }, next: { type: 'string' } },
}

const problemSchema = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
  },
}
