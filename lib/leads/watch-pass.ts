import { signToken, verifyToken } from '#lib/guard/token'
import { VISITOR_SECONDS } from '#lib/leads/visitor'

/** The cookie for a pass where the visitor's cookie can't be given: see `respondRepeated()`. */
export const WATCH_COOKIE = 'ts_watch'

/** Replaces the submission's id in an anonymous pass, which gives access to the demo without recording views. */
const ANYBODY = 'anybody'

export function anonymousPass(): string {
  return watchPass(ANYBODY)
}

export function isAnonymousPass(pass: string | undefined): boolean {
  return readSigned(pass) === ANYBODY
}

/** How long a pass and the visitor's cookie are valid. */
export const PASS_DAYS = VISITOR_SECONDS / 86_400

/** The pass in a `demo-thanks` mail: opens the demo on any device for `PASS_DAYS`. */
export function watchPass(submissionId: string, now = Date.now()): string {
  return signToken('watch', `${submissionId}:${Math.floor(now / 1000) + VISITOR_SECONDS}`)
}

/** The submission of a pass; undefined for an anonymous, invalid or expired one. */
export function readPass(pass: string | undefined, now = Date.now()): string | undefined {
  const id = readSigned(pass, now)
  return id === ANYBODY ? undefined : id
}

/** Whether this is a pass of ours that was valid once. */
export function isExpiredPass(pass: string | undefined): boolean {
  return verifyToken('watch', pass) !== undefined && !readSigned(pass)
}

function readSigned(pass: string | undefined, now = Date.now()): string | undefined {
  const [submissionId, expires] = verifyToken('watch', pass)?.split(':') ?? []
  return Number(expires) * 1000 >= now ? submissionId : undefined
}
