import localFont from 'next/font/local'

/**
 * Atkinson Hyperlegible Next (SIL Open Font License 1.1), the Latin part, all weights in one file of 34 KB.
 * Drawn so that 1, l and I or 0 and O can't be mistaken for one another: codes and addresses are what is
 * read here. Served from our own origin; its fallback is measured to it, so that nothing moves on arrival.
 */
export const typeface = localFont({
  src: '../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  weight: '200 800',
  style: 'normal',
  display: 'swap',
  variable: '--typeface',
  adjustFontFallback: 'Arial',
})
