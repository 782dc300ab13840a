import localFont from 'next/font/local'

/**
 * Atkinson Hyperlegible Next (SIL Open Font License 1.1): the letters and weights in use, in one file of 16 KB
 * (`npm run typeface`). Its 1, l, and I are easy to tell apart, which matters for addresses. Its zero is plain; where 0 and
 * O must not be mixed up, in references, codes, and tables of codes, CSS asks for the slashed one (`slashed-zero`).
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
