import type { Resume } from '#lib/demo/view'
import { readStored, store } from './browser-storage'

const REPORT_INTERVAL_MS = 10_000
const STORAGE_KEY = 'trackstat-demo-position'

/**
 * Reports to the server which parts of a video were played, and keeps the position in this browser. With Global Privacy
 * Control or Do Not Track nothing is sent, and only the browser keeps the position.
 */
export function reportProgress(video: HTMLVideoElement, film: string, pass: string | undefined) {
  const storageKey = `${STORAGE_KEY}-${film}`
  const listening = new AbortController()
  const { signal } = listening
  let timer: ReturnType<typeof setInterval> | undefined

  function send(): void {
    const { currentTime, duration, ended } = video
    if (!Number.isFinite(duration)) return
    const position = ended ? 0 : Math.floor(currentTime)
    if (video.played.length || position) store(storageKey, `${position}@${Date.now()}`)
    if (refusesTracking()) return
    const report = { spans: playedSpans(video.played), position, duration: Math.round(duration), pass }
    const type = 'application/json'
    navigator.sendBeacon('/api/demo/progress', new Blob([JSON.stringify(report)], { type }))
  }
  function onPlay(): void {
    // The first report starts the server's clock: more seconds than passed since are not counted.
    send()
    clearInterval(timer)
    timer = setInterval(send, REPORT_INTERVAL_MS)
  }
  function onPause(): void {
    clearInterval(timer)
    send()
  }
  video.addEventListener('play', onPlay, { signal })
  video.addEventListener('pause', onPause, { signal })
  video.addEventListener('ended', onPause, { signal })
  // A phone may end a hidden page without a further event.
  document.addEventListener('visibilitychange', () => document.hidden && send(), { signal })

  return {
    /** Seeks to the last position: stored here, or reported by another browser, whichever is later. */
    resume(known: Resume | undefined): void {
      const local = readPosition(storageKey)
      const latest = known && (!local || known.at > local.at) ? known : local
      const at = latest?.position ?? 0
      if (at > 2 && at < video.duration - 3 && !video.currentTime) video.currentTime = at
    },
    stop(): void {
      clearInterval(timer)
      listening.abort()
    },
  }
}

/** In whole seconds, as partly watched ones are not counted: "0-12,20-31". */
function playedSpans(played: TimeRanges): string {
  return Array.from({ length: played.length }, (_, i) => [played.start(i), played.end(i)])
    .map(([from = 0, to = 0]) => [Math.ceil(from), Math.floor(to)] as const)
    .filter(([from, to]) => to > from)
    .map((span) => span.join('-'))
    .join(',')
}

function refusesTracking(): boolean {
  const { doNotTrack } = navigator
  return doNotTrack === '1' || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
}

/** Without storage the film starts at the beginning. */
function readPosition(key: string): Resume | undefined {
  const [position = 0, at = 0] = (readStored(key) ?? '').split('@').map(Number)
  return at > 0 ? { position, at } : undefined
}
