import { checkLoginUrl } from '#lib/trials/login-url'
import type { Receiver, ReceiverResponse } from '#lib/webhooks/send-webhook'

/** Reads `login_url` from the answer to `trial.confirmed`; or `fault`, the reason why it is rejected; or neither. */
export function readLoginUrl(
  { contentType, body }: ReceiverResponse,
  { allow }: Receiver,
): { loginUrl?: string; fault?: string } {
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(contentType)
  if (!isJson) return {}
  if (body === undefined) return { fault: 'the answer is larger than 64 KiB' }
  const given = readField(body)
  return given === undefined || given === null ? {} : checkLoginUrl(given, allow)
}

function readField(body: string): unknown {
  try {
    return (JSON.parse(body) as { login_url?: unknown } | null)?.login_url
  } catch {
    return undefined
  }
}
