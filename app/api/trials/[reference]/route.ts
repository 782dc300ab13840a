import { noTrial, requireApiToken, trialResponse } from '#app/api/trials/product-api'
import { withErrorResponse } from '#app/api/with-error-response'
import { database } from '#lib/db/connection'
import { findByReference } from '#lib/trials/orders'

/** A trial, for the product. */
export const GET = withErrorResponse(
  async (request: Request, context: { params: Promise<{ reference: string }> }) => {
    const refusal = requireApiToken(request)
    if (refusal) return refusal
    const { reference } = await context.params
    const found = await findByReference(database(), reference)
    return found ? trialResponse(reference, found.trial) : noTrial()
  },
)
