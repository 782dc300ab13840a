import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { FILM_SECONDS } from '#lib/demo/scenes'
import settings from '../../playwright.config.ts'
import { storyboard } from './storyboard.tsx'
import { captions, chapters } from './tracks.ts'

/**
 * `npm run film`: makes the sample demo in media/ anew from the storyboard: frames by Chromium, H.264 and
 * VP9 by ffmpeg, poster, captions, chapters. Needs a build (for the stylesheet) and ffmpeg on the path; takes
 * some minutes.
 */
const FRAMES_A_SECOND = 20
const POSTER_AT = 15
/** What is behind the form; the poster is for everyone. */
const TO = 'media'
const POSTER = 'public/demo/poster.jpg'

/** Takes hold of all movements while each is still to come: one that is over is not listed any more. */
async function hold(page: Page): Promise<void> {
  await page.evaluate(() => {
    const movements = document.getAnimations()
    for (const movement of movements) {
      movement.pause()
      movement.effect?.updateTiming({ fill: 'both' })
    }
    Object.assign(window, { movements })
  })
}

async function setTo(page: Page, seconds: number): Promise<void> {
  await page.evaluate((ms) => {
    const { movements } = window as unknown as { movements: Animation[] }
    for (const movement of movements) movement.currentTime = ms
  }, seconds * 1000)
}

/** The pointer goes to where the chosen time stands, wherever the page's layout has put it. */
async function aimPointer(page: Page): Promise<void> {
  await setTo(page, 60)
  await page.evaluate(() => {
    const target = document.querySelector('#scheduling .bg-accent')?.getBoundingClientRect()
    const pointer = document.getElementById('pointer')
    pointer?.style.setProperty('--x', `${(target?.x ?? 0) + (target?.width ?? 0) * 0.55}px`)
    pointer?.style.setProperty('--y', `${(target?.y ?? 0) + (target?.height ?? 0) * 0.5}px`)
  })
}

async function shoot(page: Page, folder: string): Promise<void> {
  for (let frame = 0; frame < FILM_SECONDS * FRAMES_A_SECOND; frame++) {
    await setTo(page, frame / FRAMES_A_SECOND)
    const path = join(folder, `${String(frame).padStart(5, '0')}.jpg`)
    await page.screenshot({ path, type: 'jpeg', quality: 95 })
  }
  await setTo(page, POSTER_AT)
  await page.screenshot({ path: POSTER, type: 'jpeg', quality: 80 })
}

async function encode(folder: string, name: string, ...codec: string[]): Promise<void> {
  const input = [
    '-y',
    '-loglevel',
    'error',
    '-framerate',
    String(FRAMES_A_SECOND),
    '-i',
    `${folder}/%05d.jpg`,
  ]
  // Colours of the web (BT.709), said so in the file: players differ in what they guess.
  const colour = ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p', '-colorspace', 'bt709']
  const marks = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']
  const child = spawn('ffmpeg', [...input, ...colour, ...marks, ...codec, join(TO, name)], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`ffmpeg could not make ${name}`)
}

/** The typeface within the stylesheet: the page has no address to load it from. */
function fontUrl(file: string): string {
  return `url(data:font/woff2;base64,${readFileSync(join('.next/static/media', file)).toString('base64')})`
}

const folder = mkdtempSync(join(tmpdir(), 'trackstat-film-'))
const browser = await chromium.launch(settings.use?.launchOptions)
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' })
  const styles = globSync('.next/static/**/*.css').map((file) => readFileSync(file, 'utf8'))
  if (!styles.length) throw new Error('there is no stylesheet: run npm run build before')
  // The site rather keeps its fallback than change letters late; the film has time, and must have its typeface.
  const look = styles
    .join('\n')
    .replace(/url\(\.\.\/media\/([^()]+)\)/g, (_, file) => fontUrl(file))
    .replace('font-display:optional', 'font-display:block')
  const family = /--typeface:[^":]*"([^":]+)"/.exec(look)?.[1] ?? 'sans-serif'
  await page.setContent(storyboard(look, family, readFileSync('tools/film/motion.css', 'utf8')))
  await page.evaluate(() => document.fonts.ready)
  await hold(page)
  await aimPointer(page)
  await shoot(page, folder)
  await encode(
    folder,
    'sample.mp4',
    '-c:v',
    'libx264',
    '-crf',
    '23',
    '-preset',
    'slow',
    '-movflags',
    '+faststart',
  )
  await encode(
    folder,
    'sample.webm',
    '-c:v',
    'libvpx-vp9',
    '-crf',
    '36',
    '-b:v',
    '0',
    '-row-mt',
    '1',
    '-cpu-used',
    '3',
  )
  writeFileSync(`${TO}/captions.vtt`, captions())
  writeFileSync(`${TO}/chapters.vtt`, chapters())
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}
