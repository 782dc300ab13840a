/** A text that this browser keeps; null if there is none, or storage is disabled. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps a text in this browser, or does nothing if storage is disabled or full. */
export function store(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {}
}
