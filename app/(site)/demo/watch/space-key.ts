/**
 * The Space key plays and pauses: on the film, and anywhere else that has no use for the key while the film is in view.
 * Otherwise it scrolls, as on any page.
 * @returns how to stop
 */
export function playOnSpace(video: HTMLVideoElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { key, target, repeat, ctrlKey, altKey, metaKey, shiftKey } = event
    if (key !== ' ' || ctrlKey || altKey || metaKey || shiftKey) return
    const onPage = target === document.body || (target as Element).localName === 'main'
    if (target !== video && !(onPage && isInView(video))) return
    // Also keeps browsers that have this shortcut from doing it twice.
    event.preventDefault()
    event.stopPropagation()
    if (repeat) return
    if (video.paused) video.play().catch(() => {})
    else video.pause()
  }
  addEventListener('keydown', onKey, true)
  return () => removeEventListener('keydown', onKey, true)
}

/** Whether the middle of an element is in the window. */
function isInView(element: Element): boolean {
  const { top, height } = element.getBoundingClientRect()
  const middle = top + height / 2
  return middle > 0 && middle < innerHeight
}
