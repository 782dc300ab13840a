import type { Resume } from '#lib/demo/view'

const REPORT_INTERVAL_MS = 10_000
const STORAGE_KEY = 'trackstat-demo-position'

/**
 * Reports to the server which parts of a video were played, and keeps the position in this browser. With Global Privacy
 * Control or Do Not Track nothing is sent, and only the browser keeps the position.
 */
export class ProgressReport {
  readonly #video: HTMLVideoElement
  /** The key of this film's position in the browser's storage. */
  readonly #storageKey: string
  readonly #pass: string | undefined
  readonly #listening = new AbortController()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(video: HTMLVideoElement, film: string, pass: string | undefined) {
    this.#video = video
    this.#storageKey = `${STORAGE_KEY}-${film}`
    this.#pass = pass
    const { signal } = this.#listening
    const send = () => this.#send()
    video.addEventListener(
      'play',
      () => {
        // The first report starts the server's clock: more seconds than passed since are not counted.
        send()
        clearInterval(this.#timer)
        this.#timer = setInterval(send, REPORT_INTERVAL_MS)
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
    // A phone may end a hidden page without a further event.
    document.addEventListener('visibilitychange', () => document.hidden && send(), { signal })
  }

  /** Seeks to the last position: stored here, or reported by another browser, whichever is later. */
  resume(known: Resume | undefined): void {
    const local = readPosition(this.#storageKey)
    const latest = known && (!local || known.at > local.at) ? known : local
    const at = latest?.position ?? 0
    if (at > 2 && at < this.#video.duration - 3 && !this.#video.currentTime) this.#video.currentTime = at
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#listening.abort()
  }

  #send(): void {
    const { played, currentTime, duration, ended } = this.#video
    if (!Number.isFinite(duration)) return
    const position = ended ? 0 : Math.floor(currentTime)
    if (played.length || position) storePosition(this.#storageKey, position)
    if (refusesTracking()) return
    // Whole seconds only: partly watched seconds are not counted.
    const spans = Array.from({ length: played.length }, (_, i) => [
      Math.ceil(played.start(i)),
      Math.floor(played.end(i)),
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

/** localStorage may be disabled; then the film starts at the beginning. */
function readPosition(key: string): Resume | undefined {
  try {
    const [position = 0, at = 0] = (localStorage.getItem(key) ?? '').split('@').map(Number)
    return at > 0 ? { position, at } : undefined
  } catch {
    return undefined
  }
}

function storePosition(key: string, position: number): void {
  try {
    localStorage.setItem(key, `${position}@${Date.now()}`)
  } catch {}
}
