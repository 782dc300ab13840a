/** How often a playing video reports, in milliseconds. */
const EVERY_MS = 10_000
const KEPT = 'trackstat-demo-position'

/**
 * Tells the server what of a video was played, and this browser where it stopped. Who asks not to be
 * followed (Global Privacy Control, Do Not Track) sends nothing; their browser remembers for itself.
 */
export class ProgressReport {
  readonly #video: HTMLVideoElement
  readonly #pass: string | undefined
  readonly #listening = new AbortController()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(video: HTMLVideoElement, pass: string | undefined) {
    this.#video = video
    this.#pass = pass
    const { signal } = this.#listening
    const send = () => this.#send()
    video.addEventListener(
      'play',
      () => {
        send()
        clearInterval(this.#timer)
        this.#timer = setInterval(send, EVERY_MS)
      },
      { signal },
    )
    for (const name of ['pause', 'ended'])
      video.addEventListener(
        name,
        () => {
          clearInterval(this.#timer)
          send()
        },
        { signal },
      )
    // A phone ends a page that is hidden without another word.
    document.addEventListener('visibilitychange', () => document.hidden && send(), { signal })
  }

  /** Goes to where this browser stopped, else to where the server knows from another one. */
  resume(known: number): void {
    const at = Number(remembered() ?? known)
    if (at > 2 && at < this.#video.duration - 3 && !this.#video.currentTime) this.#video.currentTime = at
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#listening.abort()
  }

  #send(): void {
    const { played, currentTime, duration, ended } = this.#video
    if (!Number.isFinite(duration)) return
    const position = ended ? 0 : Math.round(currentTime)
    if (played.length || position) remember(position)
    if (refusesTracking() || !played.length) return
    const spans = Array.from({ length: played.length }, (_, i) => [
      Math.round(played.start(i)),
      Math.round(played.end(i)),
    ])
      .filter(([from = 0, to = 0]) => to > from)
      .map((span) => span.join('-'))
      .join(',')
    const report = { spans, position, duration: Math.round(duration), pass: this.#pass }
    navigator.sendBeacon(
      '/api/demo/progress',
      new Blob([JSON.stringify(report)], { type: 'application/json' }),
    )
  }
}

function refusesTracking(): boolean {
  const { doNotTrack } = navigator
  return doNotTrack === '1' || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
}

/** Storage may be switched off altogether: then the film begins at its beginning. */
function remembered(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

function remember(position: number): void {
  try {
    localStorage.setItem(KEPT, String(position))
  } catch {}
}
