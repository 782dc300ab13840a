import localFont from 'next/font/local'

/**
 * Atkinson Hyperlegible Next (SIL Open Font License 1.1): the letters and weights in use, in one file of 16 KB
 * (`npm run typeface`). Its 1, l and I, and its 0 and O, are easy to tell apart, which matters for codes and addresses.
 * Served from our own origin and preloaded. If it loads too late, the page keeps the fallback font, which has the same
 * metrics, so that no text moves while somebody reads.
 */
export const typeface = localFont({
  src: './typeface.woff2',
  weight: '400 700',
  style: 'normal',
  display: 'optional',
  variable: '--typeface',
  adjustFontFallback: 'Arial',
})
