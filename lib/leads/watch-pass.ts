import { openToken, signToken } from '#lib/guard/token'
import { VISITOR_SECONDS } from '#lib/leads/visitor'

/** Holds a pass where there is no visitor's cookie: see `answerRepeated()`. */
export const WATCH_COOKIE = 'ts_watch'

/** In a pass that belongs to nobody's submission: it opens the demo, and what is watched is not recorded. */
const ANYBODY = 'anybody'

export function anonymousPass(): string {
  return watchPass(ANYBODY)
}

export function isAnonymousPass(pass: string | undefined): boolean {
  return readSigned(pass) === ANYBODY
}

/**
 * The pass in the `demo-thanks` mail's link: opens the demo on another device, as long as the cookie does
 * on the first, and tells nothing of anybody.
 */
export function watchPass(submissionId: string, now = Date.now()): string {
  return signToken('watch', `${submissionId}:${Math.floor(now / 1000) + VISITOR_SECONDS}`)
}

/** The submission that a pass belongs to; undefined for an anonymous one, and for one that is none of ours or has run out. */
export function readPass(pass: string | undefined, now = Date.now()): string | undefined {
  const id = readSigned(pass, now)
  return id === ANYBODY ? undefined : id
}

function readSigned(pass: string | undefined, now = Date.now()): string | undefined {
  const [submissionId, expires] = openToken('watch', pass)?.split(':') ?? []
  return Number(expires) * 1000 >= now ? submissionId : undefined
}
