/**
 * Why an attempt to send a mail failed. `classifyFailure()` is the only place that decides this.
 *
 * - `server`: the mail server can't be used (not reached, TLS, greeting, sign-in). No mail is at fault, so no mail is given
 *   up; delivery pauses. `refused` needs a person, `unreachable` may end without one.
 * - `temporary`: this mail, this time (4yz, RFC 5321 §4.2.1, or a broken connection).
 * - `permanent`: this mail will never be accepted (5yz).
 */
export type MailFailure =
  | { kind: 'server'; state: 'unreachable' | 'refused' }
  | { kind: 'temporary' }
  | { kind: 'permanent' }

/** The stage at which an attempt failed. */
export type Stage = 'connect' | 'login' | 'mail'

type SmtpError = Error & { responseCode?: number; command?: string; code?: string }

/** Sign-in required or refused, in reply to any command (RFC 4954). */
const SIGN_IN = new Set([530, 534, 535, 538])

export function classifyFailure(error: SmtpError, stage: Stage): MailFailure {
  const reply = error.responseCode ?? 0
  if (stage === 'login' || SIGN_IN.has(reply)) {
    // 454 is temporary, not a refusal.
    return { kind: 'server', state: reply >= 500 ? 'refused' : 'unreachable' }
  }
  if (stage === 'connect')
    return { kind: 'server', state: reply >= 500 || isTls(error) ? 'refused' : 'unreachable' }
  // All mails have the same sender, so a server that refuses it refuses every mail.
  if (error.command === 'MAIL FROM' && reply >= 500 && reply !== 552)
    return { kind: 'server', state: 'refused' }
  return { kind: reply >= 500 ? 'permanent' : 'temporary' }
}

function isTls({ code, responseCode, message }: SmtpError): boolean {
  if (code === 'ETLS') return true
  // These messages contain a host name or the server's own words, which may have "tls" in them.
  return code !== 'EDNS' && !responseCode && /certificate|TLS|SSL/i.test(message)
}

const FIVE_DAYS = 5 * 86_400

/**
 * Seconds until the next attempt: 15 s, doubling to 30 minutes, with ±10 % jitter, so that mails that failed together are
 * not retried together. Undefined after five days (RFC 5321 §4.5.4.1).
 */
export function nextDelay(attempts: number, ageSeconds: number): number | undefined {
  if (ageSeconds > FIVE_DAYS) return undefined
  const delay = Math.min(15 * 2 ** Math.max(0, attempts - 1), 1800)
  return Math.round(delay * (0.9 + Math.random() * 0.2))
}
