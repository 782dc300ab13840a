import { isAllowedHost } from '#lib/allowed-hosts'

/** A sign-in link from the product or from support; or `fault`, the reason why it is rejected. */
export type LoginUrl = { loginUrl: string; fault?: undefined } | { fault: string; loginUrl?: undefined }

const MAX_CHARACTERS = 2000

/**
 * Checks a sign-in link. Mails and pages link to it, so it must be https, or its host be allowed.
 * @param allow `WEBHOOK_ALLOW`
 */
export function checkLoginUrl(given: unknown, allow: string[] = []): LoginUrl {
  if (typeof given !== 'string') return { fault: 'login_url is not a text' }
  const url = /^https?:\/\//i.test(given) ? URL.parse(given) : null
  if (!url) return { fault: 'login_url is not a whole address that begins with https://' }
  if (url.href.length > MAX_CHARACTERS)
    return { fault: `login_url has more than ${MAX_CHARACTERS} characters` }
  if (url.username || url.password) return { fault: 'login_url has a name or a password in it' }
  if (url.protocol === 'http:' && !isAllowedHost(url.hostname, allow))
    return { fault: 'login_url is not https' }
  return { loginUrl: url.href }
}
