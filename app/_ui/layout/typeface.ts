import localFont from 'next/font/local'

/**
 * Atkinson Hyperlegible Next (SIL Open Font License 1.1), the letters and weights that we use in one file of 16 KB
 * (`npm run typeface`).
 * Drawn so that 1, l and I or 0 and O can't be mistaken for one another: codes and addresses are what is
 * read here. Served from our own origin and preloaded. Where it comes late all the same, the page keeps its
 * fallback (measured to it) until the next one: text that somebody has begun to read does not move.
 */
export const typeface = localFont({
  src: './typeface.woff2',
  weight: '400 700',
  style: 'normal',
  display: 'optional',
  variable: '--typeface',
  adjustFontFallback: 'Arial',
})
