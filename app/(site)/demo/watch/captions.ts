import { readStored, store } from './browser-storage'

const STORAGE_KEY = 'trackstat-demo-captions'

/**
 * Shows the captions unless the person turned them off, which this browser remembers. The film is silent, and browsers
 * differ in what they do with the attribute `default`: WebKit ignores it. Without storage, they are shown each time.
 * @returns how to stop
 */
export function showCaptions(video: HTMLVideoElement): () => void {
  const { textTracks } = video
  const captions = () => Array.from(textTracks).filter(({ kind }) => kind === 'captions')
  let off = readStored(STORAGE_KEY) === 'off'
  const apply = () => {
    for (const track of captions()) track.mode = off ? 'disabled' : 'showing'
  }
  const onChange = () => {
    const shown = captions().some(({ mode }) => mode === 'showing')
    if (shown !== off) return
    // Without a click or key press it was the browser, not the person.
    if (!navigator.userActivation?.isActive) return apply()
    off = !shown
    store(STORAGE_KEY, off ? 'off' : 'on')
  }
  apply()
  video.addEventListener('loadedmetadata', apply)
  textTracks.addEventListener('change', onChange)
  return () => {
    video.removeEventListener('loadedmetadata', apply)
    textTracks.removeEventListener('change', onChange)
  }
}
