import { seeOther } from '#app/api/problem'
import { currentVisit } from '#app/api/visit'
import { withRateLimit } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { forms } from '#lib/forms/forms'
import { releaseSubmission } from '#lib/leads/release'
import { readVisitor, submissionsOf } from '#lib/leads/visitor'

/**
 * Sends the mail that one signal of spam withheld: the press by the browser that sent the form, which its cookie proves, is
 * enough. Pressed again, it does nothing. The next page says what became of the mail.
 */
export const POST = withRateLimit(async ({ values }, network) => {
  const visitors = await Promise.all(submissionsOf(await currentVisit()).map(readVisitor))
  const own = visitors.find((visitor) => visitor && visitor.reference === values.reference)
  if (!own) return seeOther('/contact')
  await releaseSubmission(database(), own.reference, { cause: 'visitor', network }, readConfig())
  return seeOther(forms[own.form].next)
})
