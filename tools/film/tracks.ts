import { endOf, FILM_SECONDS, scenes } from '#lib/demo/scenes'

/** A time as WebVTT writes it: `75` → `00:01:15.000`. */
function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23)
}

/** Characters that fit on one line in the smallest player. A longer caption would wrap and leave a single word. */
const MAX_LINE = 60

/** Splits a long caption into two lines of similar length, preferably after punctuation. */
function splitCaption(text: string): string {
  if (text.length <= MAX_LINE) return text
  const cost = (at: number) => Math.abs(text.length / 2 - at) - (/[.,:]/.test(text.charAt(at - 1)) ? 12 : 0)
  const breaks = [...text.matchAll(/ /g)].map(({ index }) => index)
  const best = breaks.reduce((one, other) => (cost(other) < cost(one) ? other : one))
  return `${text.slice(0, best)}\n${text.slice(best + 1)}`
}

function cue(from: number, to: number, text: string): string {
  return `${stamp(from)} --> ${stamp(to)}\n${text}\n`
}

/** The captions of the film as WebVTT. */
export function captions(): string {
  const cues = scenes.flatMap(({ lines }, i) =>
    lines.map(({ at, text }, j) => cue(at, endOf(lines, j, endOf(scenes, i)) - 0.1, splitCaption(text))),
  )
  return ['WEBVTT\n', ...cues].join('\n')
}

/** The chapters of the film as WebVTT. */
export function chapters(): string {
  const cues = scenes.map(({ at, title }, i) => cue(at, endOf(scenes, i, FILM_SECONDS), title))
  return ['WEBVTT\n', ...cues].join('\n')
}
