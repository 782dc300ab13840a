import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './stack/test.ts'
import { open, publicPaths, walkAll } from './stack/walk.ts'

const widths = [360, 1440]

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing on any page, ${colorScheme}, narrow and wide`, async ({ page, stack }) => {
    test.setTimeout(300_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const stop of await walkAll(stack)) {
      await open(page, stack, stop)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await axeFor(page, colorScheme).analyze()
        const found = violations.map(({ id, nodes }) => `${stop.path} ${width} ${id}: ${nodes[0]?.html}`)
        expect(found).toEqual([])
      }
    }
  })

/**
 * A scheme changes colours and nothing else: the dark one is asked for those alone. The mode that looks into no
 * frame of another origin takes half the time; our pages have no frames.
 */
function axeFor(page: Page, colorScheme: 'light' | 'dark'): AxeBuilder {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  return colorScheme === 'light' ? axe : axe.withRules(['color-contrast', 'link-in-text-block'])
}

for (const width of widths)
  test(`by keyboard, ${width} px wide: what has the focus is seen and is not covered`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const path of publicPaths) {
      await page.goto(path)
      const walked = await walkByTab(page)
      expect(
        walked.filter(({ fault }) => fault).map(({ name, fault }) => `${path} ${name}: ${fault}`),
      ).toEqual([])
      // Every link and control, in the order of the page, and each of them once.
      expect(walked.map(({ order }) => order)).toEqual(walked.map((_, i) => i))
      expect(walked.length, path).toBe(
        await page.evaluate(() => document.querySelectorAll('[data-stop]').length),
      )
    }
  })

type Step = { name: string; order: number; fault: string }

/** Presses Tab through the whole page. What can be reached is numbered beforehand, in the order of the page. */
async function walkByTab(page: Page): Promise<Step[]> {
  await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    )
    const reachable = [...all].filter(
      (one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }),
    )
    for (const [i, one] of reachable.entries()) one.dataset.stop = String(i)
  })
  const walked: Step[] = []
  for (let tab = 0; tab < 400; tab++) {
    await page.keyboard.press('Tab')
    const step = await page.evaluate(examineFocus)
    // After the last one the browser starts again, or leaves the page.
    if (!step || (step.order === 0 && walked.length > 0)) break
    walked.push(step)
  }
  return walked
}

/** Runs in the page: WCAG 2.2, 2.4.7 (the outline) and 2.4.11 (in the window, under nothing). */
function examineFocus(): Step | undefined {
  const focused = document.activeElement as HTMLElement | null
  if (!focused || focused === document.body) return undefined
  const name = (focused.textContent || focused.getAttribute('name') || focused.outerHTML).trim().slice(0, 40)
  const box = focused.getClientRects()[0] ?? new DOMRect()
  // Of a large text field the browser shows the line with the caret.
  const [upper, lower] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
  const inside = box.left >= 0 && box.right <= innerWidth + 1 && lower - upper >= Math.min(24, box.height - 1)
  const top = document.elementFromPoint(box.x + box.width / 2, (upper + lower) / 2)
  const seen = top !== null && (focused.contains(top) || top.contains(focused))
  const style = getComputedStyle(focused)
  const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
  const fault = [
    !inside && `outside of the window: ${JSON.stringify(box)}`,
    !seen && `covered by ${top?.outerHTML.slice(0, 80)}`,
    !outlined && 'no outline',
  ].filter(Boolean)
  return { name, order: Number(focused.dataset.stop), fault: fault.join(', ') }
}

test('what can be pressed is 24 px wide and high, or stands in a line of text', async ({ page, stack }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  for (const stop of await walkAll(stack)) {
    await open(page, stack, stop)
    expect(await page.evaluate(findSmallTargets), stop.path).toEqual([])
  }
})

/** Runs in the page: WCAG 2.2, 2.5.8, with its exception for links within a sentence. A box's label is pressed with it. */
function findSmallTargets(): string[] {
  const all = document.querySelectorAll<HTMLElement>(
    'a[href], button, input:not([type="hidden"]), select, textarea, summary',
  )
  return [...all]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)
    .filter((one) => !(one.matches('a') && getComputedStyle(one).display === 'inline'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 24 || box.height < 24)
    .map(({ one, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 90)}`)
}
