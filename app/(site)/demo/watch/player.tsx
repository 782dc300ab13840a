'use client'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Film } from '#lib/demo/film'
import type { Resume } from '#lib/demo/view'
import { Notice } from '#ui/layout/notice'
import { showCaptions } from './captions'
import { reportProgress } from './progress-report'
import { playOnSpace } from './space-key'

type Props = { film: Omit<Film, 'transcript'>; sample: boolean; pass?: string; resume?: Resume }

/** Without script: a video with the browser's controls and chapter links. */
export function Player({ film, sample, pass, resume }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const [outcome, setOutcome] = useState<'ended' | 'broken'>()
  useEffect(() => {
    const element = video.current
    if (!element) return
    // The video may have failed, or become ready, before this script ran.
    if (element.networkState === element.NETWORK_NO_SOURCE) setOutcome('broken')
    const report = reportProgress(element, film.id, pass)
    const resumeFilm = () => report.resume(resume)
    if (element.readyState) resumeFilm()
    else element.addEventListener('loadedmetadata', resumeFilm, { once: true })
    return () => report.stop()
  }, [film.id, pass, resume])
  useEffect(() => {
    if (!video.current) return
    const stops = [showCaptions(video.current), playOnSpace(video.current)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  const goTo = (at: number) => (event: MouseEvent) => {
    if (!video.current?.readyState) return
    event.preventDefault()
    video.current.currentTime = at
    video.current.play()
  }
  const file = film.sources.at(-1)?.src
  return (
    <div className="space-y-4">
      {/* biome-ignore lint/a11y/useMediaCaption: an operator's own film may have none; the doctor reports it */}
      <video
        ref={video}
        controls
        playsInline
        preload="metadata"
        poster={film.poster}
        onEnded={() => setOutcome('ended')}
        onPlay={() => setOutcome(undefined)}
        onError={() => setOutcome('broken')}
        aria-label="The TrackStat demo"
        className="aspect-video w-full rounded-card border border-line bg-sunken"
      >
        {film.sources.map(({ src, type }) => (
          <source
            key={src}
            src={src}
            type={type}
            onError={src === file ? () => setOutcome('broken') : undefined}
          />
        ))}
        {film.captions && <track kind="captions" srcLang="en" label="English" src={film.captions} default />}
        {film.chaptersTrack && <track kind="chapters" srcLang="en" src={film.chaptersTrack} />}
        <p>
          Your browser shows no videos.{' '}
          <a href={file} download className="link">
            Download the file
          </a>
          , or read the demo below.
        </p>
      </video>
      <div aria-live="polite">
        {outcome && <OutcomeNotice outcome={outcome} file={file} sample={sample} />}
      </div>
      {film.chapters.length > 0 && (
        <nav aria-label="Chapters of the demo">
          <ol className="flex flex-wrap gap-x-6">
            {film.chapters.map(({ at, clock, title }) => (
              <li key={at}>
                <a
                  href={`${file}#t=${at}`}
                  onClick={goTo(at)}
                  className="link inline-flex min-h-11 items-center"
                >
                  {/* One element, so that the underline is continuous. */}
                  <span>
                    <span className="tabular-nums text-muted">{clock}</span> {title}
                  </span>
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </div>
  )
}

type OutcomeProps = { outcome: 'ended' | 'broken'; file?: string; sample: boolean }

function OutcomeNotice({ outcome, file, sample }: OutcomeProps) {
  if (outcome === 'ended')
    return (
      <Notice kind="success" title="That’s the demo.">
        <p>
          Ready to try it?{' '}
          <a href="/trial" className="link font-semibold">
            Request a free trial
          </a>
          .
        </p>
      </Notice>
    )
  return (
    <Notice kind="problem" title="This video won’t play here.">
      <p>
        <a href={file} download className="link">
          Download the video
        </a>
        {sample
          ? ', or read the demo below. It covers everything in the video.'
          : ', or read about the main screens below.'}
      </p>
    </Notice>
  )
}
