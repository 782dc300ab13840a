import { openToken, signToken } from '#lib/guard/token'

/** The pass in the `demo-thanks` mail's link: opens the demo on another device and tells nothing of anybody. */
export function watchPass(submissionId: string): string {
  return signToken('watch', submissionId)
}

/** The submission that a pass belongs to; undefined for one that is none of ours. */
export function readPass(pass: string | undefined): string | undefined {
  return openToken('watch', pass)
}
