import { listPersonalPages, open, publicPaths } from './stack/all-pages.ts'
import { test } from './stack/test.ts'
import { typefaceLoaded } from './stack/typeface.ts'

test('shots', async ({ page, stack }) => {
  test.setTimeout(500_000)
  const only = process.env.SHOTS?.split(',')
  const widths = (process.env.WIDTHS ?? '360,768,1440').split(',').map(Number)
  for (const dark of process.env.DARK ? [false, true] : [false]) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
    for (const path of publicPaths)
      for (const width of widths) {
        if (only && !only.includes(path)) continue
        await page.setViewportSize({ width, height: 800 })
        await page.goto(path)
        await typefaceLoaded(page)
        await page.waitForTimeout(400)
        await page.screenshot({
          path: `/tmp/shots-look/${path.slice(1) || 'home'}-${width}${dark ? '-dark' : ''}.png`,
          fullPage: true,
        })
      }
  }
  if (process.env.PERSONAL) {
    let i = 0
    for (const visit of await listPersonalPages(stack)) {
      await open(page, stack, visit)
      for (const width of [360, 1440]) {
        await page.setViewportSize({ width, height: 800 })
        await page.screenshot({
          path: `/tmp/shots-look/p${i}-${visit.path.replace(/\W+/g, '_').slice(0, 30)}-${width}.png`,
          fullPage: true,
        })
      }
      i++
    }
  }
})
