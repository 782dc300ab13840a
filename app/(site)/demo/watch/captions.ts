const STORAGE_KEY = 'trackstat-demo-captions'

/**
 * Shows the captions unless the person turned them off, which this browser remembers. The film is silent, and browsers
 * differ in what they do with the attribute `default`: WebKit ignores it.
 * @returns how to stop
 */
export function showCaptions(video: HTMLVideoElement): () => void {
  const { textTracks } = video
  const captions = () => Array.from(textTracks).filter(({ kind }) => kind === 'captions')
  let off = readChoice() === 'off'
  const apply = () => {
    for (const track of captions()) track.mode = off ? 'disabled' : 'showing'
  }
  const onChange = () => {
    const shown = captions().some(({ mode }) => mode === 'showing')
    if (shown !== off) return
    // Without a click or key press it was the browser, not the person.
    if (!navigator.userActivation?.isActive) return apply()
    off = !shown
    storeChoice(off ? 'off' : 'on')
  }
  apply()
  video.addEventListener('loadedmetadata', apply)
  textTracks.addEventListener('change', onChange)
  return () => {
    video.removeEventListener('loadedmetadata', apply)
    textTracks.removeEventListener('change', onChange)
  }
}

/** localStorage may be disabled; then the captions are shown each time. */
function readChoice(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function storeChoice(choice: 'on' | 'off'): void {
  try {
    localStorage.setItem(STORAGE_KEY, choice)
  } catch {}
}
