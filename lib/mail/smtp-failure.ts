/**
 * Mail failures are sorted here and nowhere else.
 *
 * - `server`: the way to the server is the fault (not reached, TLS, sign-in, greeting). No mail is to
 *   blame, so none is marked; the queue pauses. `refused` needs a person, `unreachable` may pass by itself.
 * - `temporary`: this mail, this time (RFC 5321 §4.2.1: 4yz; a connection that broke).
 * - `permanent`: this mail, for good (5yz).
 */
export type MailFailure =
  | { kind: 'server'; state: 'unreachable' | 'refused' }
  | { kind: 'temporary' }
  | { kind: 'permanent' }

/** How far an attempt had come. */
export type Stage = 'connect' | 'login' | 'mail'

type SmtpError = Error & { responseCode?: number; command?: string; code?: string }

/** 530, 534, 535, 538: sign-in wanted or refused, whichever verb it answers (RFC 4954). */
const SIGN_IN = new Set([530, 534, 535, 538])

export function classifyFailure(error: SmtpError, stage: Stage): MailFailure {
  const reply = error.responseCode ?? 0
  if (stage === 'login' || SIGN_IN.has(reply)) {
    // A sign-in server that is busy (454) is not one that refuses.
    return { kind: 'server', state: reply >= 500 ? 'refused' : 'unreachable' }
  }
  if (stage === 'connect')
    return { kind: 'server', state: reply >= 500 || isTls(error) ? 'refused' : 'unreachable' }
  // The sender is the same for all mails: a server that refuses it refuses every one of them.
  if (error.command === 'MAIL FROM' && reply >= 500 && reply !== 552)
    return { kind: 'server', state: 'refused' }
  return { kind: reply >= 500 ? 'permanent' : 'temporary' }
}

function isTls(error: SmtpError): boolean {
  return error.code === 'ETLS' || /certificate|TLS|SSL/i.test(error.message)
}

const FIVE_DAYS = 5 * 86_400

/**
 * Seconds until the next attempt: 15 s doubling to 30 minutes, a fifth of it by chance so that mails
 * which failed together don't come back together. Undefined once five days are over (RFC 5321 §4.5.4.1).
 */
export function nextDelay(attempts: number, ageSeconds: number): number | undefined {
  if (ageSeconds > FIVE_DAYS) return undefined
  const delay = Math.min(15 * 2 ** Math.max(0, attempts - 1), 1800)
  return Math.round(delay * (0.9 + Math.random() * 0.2))
}
