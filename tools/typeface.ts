import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import subset from 'subset-font'

/**
 * `npm run typeface`: makes our three typeface files from the full typeface, with a plain zero (`tools/plain-zero.py`).
 *
 * app/_ui/layout/typeface.woff2 is for browsers: ASCII, the letters of Latin-1 (people's names), the punctuation that our
 * pages use, weights 400 to 700. Half the size of all Latin, which saves a phone one round trip before the first text.
 *
 * app/_ui/social-card/typeface-400.ttf and -700.ttf are for the social cards, whose renderer reads neither woff2 nor
 * variable weights. They are never sent to a browser, so they keep all of Latin: for a missing letter the renderer would
 * use the network.
 */
const ORIGINAL =
  'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2'
const withPlainZero = join(mkdtempSync(join(tmpdir(), 'typeface-')), 'typeface.ttf')
// The system's Python, because Debian installs fontTools for that one.
execFileSync('/usr/bin/python3', ['tools/plain-zero.py', ORIGINAL, withPlainZero], { stdio: 'inherit' })
const FULL = readFileSync(withPlainZero)
const PUNCTUATION = '\u00a0§©®°±·×–—‘’“”…→−'

function range(first: number, last: number): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

async function writeSubset(
  file: string,
  characters: string,
  options: Parameters<typeof subset>[2],
): Promise<void> {
  const made = await subset(FULL, characters, options)
  writeFileSync(file, made)
  console.log(`${file}: ${made.byteLength} bytes`)
}

await writeSubset('app/_ui/layout/typeface.woff2', range(0x20, 0x7e) + range(0xc0, 0xff) + PUNCTUATION, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
})
for (const wght of [400, 700])
  await writeSubset(`app/_ui/social-card/typeface-${wght}.ttf`, range(0x20, 0x17f) + range(0x2000, 0x22ff), {
    targetFormat: 'truetype',
    variationAxes: { wght },
  })
