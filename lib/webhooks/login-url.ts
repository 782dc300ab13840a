import { isAllowedHost } from '#lib/allowed-hosts'
import type { Receiver, ReceiverResponse } from '#lib/webhooks/send-webhook'

/** The sign-in link in the product's answer; or `fault`, the reason why it is rejected; or neither. */
type LoginUrl = { loginUrl?: string; fault?: string }

const MAX_CHARACTERS = 2000

/** Reads `login_url` from the answer to `trial.confirmed`. A mail and a page link to it, so it must be https or allowed. */
export function readLoginUrl({ contentType, body }: ReceiverResponse, { allow }: Receiver): LoginUrl {
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(contentType)
  if (!isJson) return {}
  if (body === undefined) return { fault: 'the answer is larger than 64 KiB' }
  const given = readField(body)
  if (given === undefined || given === null) return {}
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

function readField(body: string): unknown {
  try {
    return (JSON.parse(body) as { login_url?: unknown } | null)?.login_url
  } catch {
    return undefined
  }
}
