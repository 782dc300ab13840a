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
 * `npm run film`: renders the sample demo from the storyboard: frames by Chromium, H.264 and VP9 by ffmpeg, poster,
 * captions, chapters. Needs a build (for the stylesheet) and ffmpeg on the path. Takes some minutes.
 */
const FRAMES_PER_SECOND = 20
const POSTER_SECOND = 15
/** Sent only to those who may watch (`server/demo-media.ts`); the poster is public. */
const FOLDER = 'media'
const POSTER = 'public/demo/poster.jpg'

/** Pauses all animations before any of them ends: an animation that has ended is no longer listed. */
async function pauseAnimations(page: Page): Promise<void> {
  await page.evaluate(() => {
    const animations = document.getAnimations()
    for (const animation of animations) {
      animation.pause()
      animation.effect?.updateTiming({ fill: 'both' })
    }
    Object.assign(window, { animations })
  })
}

async function seek(page: Page, seconds: number): Promise<void> {
  await page.evaluate((ms) => {
    const { animations } = window as unknown as { animations: Animation[] }
    for (const animation of animations) animation.currentTime = ms
  }, seconds * 1000)
}

/** Places the pointer on the chosen time slot, wherever the layout has put it. */
async function aimPointer(page: Page): Promise<void> {
  await seek(page, 60)
  await page.evaluate(() => {
    const target = document.querySelector('#scheduling .bg-accent')?.getBoundingClientRect()
    const pointer = document.getElementById('pointer')
    pointer?.style.setProperty('--x', `${(target?.x ?? 0) + (target?.width ?? 0) * 0.55}px`)
    pointer?.style.setProperty('--y', `${(target?.y ?? 0) + (target?.height ?? 0) * 0.5}px`)
  })
}

async function takeFrames(page: Page, folder: string): Promise<void> {
  for (let frame = 0; frame < FILM_SECONDS * FRAMES_PER_SECOND; frame++) {
    await seek(page, frame / FRAMES_PER_SECOND)
    const path = join(folder, `${String(frame).padStart(5, '0')}.jpg`)
    await page.screenshot({ path, type: 'jpeg', quality: 95 })
  }
  await seek(page, POSTER_SECOND)
  await page.screenshot({ path: POSTER, type: 'jpeg', quality: 80 })
}

async function encode(folder: string, name: string, ...codec: string[]): Promise<void> {
  const input = [
    '-y',
    '-loglevel',
    'error',
    '-framerate',
    String(FRAMES_PER_SECOND),
    '-i',
    `${folder}/%05d.jpg`,
  ]
  // BT.709, the colors of the web. Declared in the file, because players guess differently.
  const colorFilter = [
    '-vf',
    'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
    '-colorspace',
    'bt709',
  ]
  const colorTags = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']
  const child = spawn('ffmpeg', [...input, ...colorFilter, ...colorTags, ...codec, join(FOLDER, name)], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`ffmpeg could not make ${name}`)
}

/** A `url()` that contains the typeface itself: the page has no origin to load it from. */
function fontUrl(file: string): string {
  return `url(data:font/woff2;base64,${readFileSync(join('.next/static/media', file)).toString('base64')})`
}

const folder = mkdtempSync(join(tmpdir(), 'trackstat-film-'))
const browser = await chromium.launch(settings.use?.launchOptions)
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' })
  const styles = globSync('.next/static/**/*.css').map((file) => readFileSync(file, 'utf8'))
  if (!styles.length) throw new Error('there is no stylesheet: run npm run build first')
  // The site keeps its fallback when the typeface is late. The film must wait for it.
  const stylesheet = styles
    .join('\n')
    .replace(/url\(\.\.\/media\/([^()]+)\)/g, (_, file) => fontUrl(file))
    .replace('font-display:optional', 'font-display:block')
  const family = /--typeface:[^":]*"([^":]+)"/.exec(stylesheet)?.[1] ?? 'sans-serif'
  await page.setContent(storyboard(stylesheet, family, readFileSync('tools/film/motion.css', 'utf8')))
  await page.evaluate(() => document.fonts.ready)
  await pauseAnimations(page)
  await aimPointer(page)
  await takeFrames(page, folder)
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
  writeFileSync(`${FOLDER}/captions.vtt`, captions())
  writeFileSync(`${FOLDER}/chapters.vtt`, chapters())
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}
