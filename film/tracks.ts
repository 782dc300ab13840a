import { endOf, FILM_SECONDS, scenes } from '#lib/demo/scenes'

/** The captions and the chapters of the film as WebVTT. */
function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23)
}

function cue(from: number, to: number, text: string): string {
  return `${stamp(from)} --> ${stamp(to)}\n${text}\n`
}

export function captions(): string {
  const cues = scenes.flatMap(({ lines }, i) =>
    lines.map(({ at, text }, j) => cue(at, endOf(lines, j, endOf(scenes, i)) - 0.1, text)),
  )
  return ['WEBVTT\n', ...cues].join('\n')
}

export function chapters(): string {
  const cues = scenes.map(({ at, title }, i) => cue(at, endOf(scenes, i, FILM_SECONDS), title))
  return ['WEBVTT\n', ...cues].join('\n')
}
