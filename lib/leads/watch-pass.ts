import { openToken, signToken } from '#lib/guard/token'

/** The pass in the `demo-thanks` mail's link: opens the demo on another device and tells nothing of anybody. */
export function watchPass(submissionId: string): string {
  return signToken('watch', submissionId)
}

export function mayWatch(pass: string | undefined): boolean {
  return openToken('watch', pass) !== undefined
}
