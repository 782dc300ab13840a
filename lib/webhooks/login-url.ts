import { isAllowedHost } from '#lib/allowed-hosts'
import type { Answer, Receiver } from '#lib/webhooks/send'

/** The sign-in link in a product's answer; none; or `fault`, why the given one is rejected. */
export type Link = { loginUrl?: string; fault?: string }

const MOST_CHARACTERS = 2000

/** Reads `login_url` from the answer to `trial.confirmed`. It is linked in a mail and on a page, so only https is accepted. */
export function readLoginUrl({ contentType, body }: Answer, { allow }: Receiver): Link {
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(contentType)
  if (!isJson) return {}
  if (body === undefined) return { fault: 'the answer is larger than 64 KiB' }
  const given = parse(body)
  if (given === undefined || given === null) return {}
  if (typeof given !== 'string') return { fault: 'login_url is not a text' }
  const url = /^https?:\/\//i.test(given) ? URL.parse(given) : null
  if (!url) return { fault: 'login_url is not a whole address that begins with https://' }
  if (url.href.length > MOST_CHARACTERS)
    return { fault: `login_url has more than ${MOST_CHARACTERS} characters` }
  if (url.username || url.password) return { fault: 'login_url has a name or a password in it' }
  if (url.protocol === 'http:' && !isAllowedHost(url.hostname, allow))
    return { fault: 'login_url is not https' }
  return { loginUrl: url.href }
}

function parse(body: string): unknown {
  try {
    return (JSON.parse(body) as { login_url?: unknown } | null)?.login_url
  } catch {
    return undefined
  }
}
