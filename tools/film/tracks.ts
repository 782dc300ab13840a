import { endOf, FILM_SECONDS, scenes } from '#lib/demo/scenes'

/** The captions and the chapters of the film as WebVTT. */
function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23)
}

/** The characters of one line in the smallest player; a longer caption would leave one word for the next. */
const LINE = 60

/** A long caption in two lines of about the same length, broken rather behind a stop than within a clause. */
function inLines(text: string): string {
  if (text.length <= LINE) return text
  const uneven = (at: number) => Math.abs(text.length / 2 - at) - (/[.,:]/.test(text.charAt(at - 1)) ? 12 : 0)
  const breaks = [...text.matchAll(/ /g)].map(({ index }) => index)
  const best = breaks.reduce((one, other) => (uneven(other) < uneven(one) ? other : one))
  return `${text.slice(0, best)}\n${text.slice(best + 1)}`
}

function cue(from: number, to: number, text: string): string {
  return `${stamp(from)} --> ${stamp(to)}\n${text}\n`
}

export function captions(): string {
  const cues = scenes.flatMap(({ lines }, i) =>
    lines.map(({ at, text }, j) => cue(at, endOf(lines, j, endOf(scenes, i)) - 0.1, inLines(text))),
  )
  return ['WEBVTT\n', ...cues].join('\n')
}

export function chapters(): string {
  const cues = scenes.map(({ at, title }, i) => cue(at, endOf(scenes, i, FILM_SECONDS), title))
  return ['WEBVTT\n', ...cues].join('\n')
}
