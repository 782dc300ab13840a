import { readFileSync, writeFileSync } from 'node:fs'
import subset from 'subset-font'

/**
 * `npm run typeface`: makes the files of our typeface from the whole one.
 *
 * app/_ui/layout/typeface.woff2 is for browsers. What is kept: ASCII, the letters of Latin-1 (people's names), the marks
 * that our pages use; weights 400 to 700. Half the bytes of Latin whole, which is a round trip less on a
 * telephone before the page has its face.
 *
 * app/_ui/social-card/typeface-400.ttf and -700.ttf are for the social cards, whose renderer reads neither woff2 nor variable
 * weights. They are never sent, so they keep all of Latin: for a letter that it lacks, the renderer would ask
 * the network.
 */
const WHOLE = readFileSync(
  'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
)
const MARKS = '\u00a0§©®°±·×–—‘’“”…→−'

function range(first: number, last: number): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

async function make(file: string, characters: string, options: Parameters<typeof subset>[2]): Promise<void> {
  const made = await subset(WHOLE, characters, options)
  writeFileSync(file, made)
  console.log(`${file}: ${made.byteLength} bytes`)
}

await make('app/_ui/layout/typeface.woff2', range(0x20, 0x7e) + range(0xc0, 0xff) + MARKS, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
})
for (const wght of [400, 700])
  await make(`app/_ui/social-card/typeface-${wght}.ttf`, range(0x20, 0x17f) + range(0x2000, 0x22ff), {
    targetFormat: 'truetype',
    variationAxes: { wght },
  })
