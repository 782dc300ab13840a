import { clock, scenes } from '#lib/demo/scenes'
import type { Film } from './player'

/** The sample, or the operator's own video: its captions are expected beside it under the same name. */
export function chooseFilm(demoVideoUrl: string | undefined, pass: string | undefined): Film {
  if (demoVideoUrl) {
    const captions = demoVideoUrl.replace(/\.\w+(?=$|\?)/, '.vtt')
    return { sources: [{ src: demoVideoUrl }], captions, chapters: [] }
  }
  const key = pass ? `?pass=${encodeURIComponent(pass)}` : ''
  return {
    // VP9 first: the smaller file. Every browser of the last ten years plays one of the two.
    sources: [
      { src: `/demo/sample.webm${key}`, type: 'video/webm' },
      { src: `/demo/sample.mp4${key}`, type: 'video/mp4' },
    ],
    captions: `/demo/captions.vtt${key}`,
    chaptersTrack: `/demo/chapters.vtt${key}`,
    chapters: scenes.map(({ at, title }) => ({ at, clock: clock(at), title })),
    poster: '/demo/poster.jpg',
  }
}
