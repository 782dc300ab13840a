import { readFileSync, writeFileSync } from 'node:fs'
import subset from 'subset-font'

/**
 * `npm run typeface`: makes app/typeface.woff2 from the whole typeface. What is kept: ASCII, the letters of
 * Latin-1 (people's names), the marks that our pages use; weights 400 to 700. Half the bytes of Latin whole,
 * which is a round trip less on a telephone before the page has its face.
 */
const WHOLE =
  'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2'
const MARKS = '\u00a0§©®°±·×–—‘’“”…→−'

function range(first: number, last: number): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

const characters = range(0x20, 0x7e) + range(0xc0, 0xff) + MARKS
const file = await subset(readFileSync(WHOLE), characters, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
})
writeFileSync('app/typeface.woff2', file)
console.log(`app/typeface.woff2: ${file.byteLength} bytes`)
