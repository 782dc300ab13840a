import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { listAllPages, open, publicPaths } from './stack/all-pages.ts'
import { expect, test } from './stack/test.ts'
import { typefaceLoaded } from './stack/typeface.ts'

const widths = [360, 1440]

for (const colorScheme of ['light', 'dark'] as const)
  test(`no axe violations on any page, ${colorScheme}, narrow and wide`, async ({ page, stack }) => {
    test.setTimeout(300_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const visit of await listAllPages(stack)) {
      await open(page, stack, visit)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await axeFor(page, colorScheme).analyze()
        const found = violations.map(({ id, nodes }) => `${visit.path} ${width} ${id}: ${nodes[0]?.html}`)
        expect(found).toEqual([])
      }
    }
  })

/**
 * The dark scheme differs only in colors, so only color rules run. Legacy mode skips cross-origin frames and takes half
 * the time; our pages have none.
 */
function axeFor(page: Page, colorScheme: 'light' | 'dark'): AxeBuilder {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  return colorScheme === 'light' ? axe : axe.withRules(['color-contrast', 'link-in-text-block'])
}

for (const width of widths)
  test(`keyboard, ${width} px wide: the focused element is visible and not covered`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const path of publicPaths) {
      await page.goto(path)
      const walked = await walkByTab(page)
      expect(
        walked.filter(({ fault }) => fault).map(({ name, fault }) => `${path} ${name}: ${fault}`),
      ).toEqual([])
      // Every link and control once, in page order.
      expect(walked.map(({ order }) => order)).toEqual(walked.map((_, i) => i))
      expect(walked.length, path).toBe(
        await page.evaluate(() => document.querySelectorAll('[data-order]').length),
      )
    }
  })

type Step = { name: string; order: number; fault: string }

/** Presses Tab through the whole page. Focusable elements are numbered first, in page order. */
async function walkByTab(page: Page): Promise<Step[]> {
  await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    )
    const reachable = [...all].filter(
      (one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }),
    )
    for (const [i, one] of reachable.entries()) one.dataset.order = String(i)
  })
  const walked: Step[] = []
  for (let tab = 0; tab < 400; tab++) {
    await page.keyboard.press('Tab')
    const step = await page.evaluate(examineFocus)
    // After the last element the focus wraps around or leaves the page.
    if (!step || (step.order === 0 && walked.length > 0)) break
    walked.push(step)
  }
  return walked
}

/** Runs in the page: WCAG 2.2, 2.4.7 (focus visible) and 2.4.11 (focus not obscured). */
function examineFocus(): Step | undefined {
  const focused = document.activeElement as HTMLElement | null
  if (!focused || focused === document.body) return undefined
  const name = (focused.textContent || focused.getAttribute('name') || focused.outerHTML).trim().slice(0, 40)
  const box = focused.getClientRects()[0] ?? new DOMRect()
  // For a large text area, only the line with the caret is in view.
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
  return { name, order: Number(focused.dataset.order), fault: fault.join(', ') }
}

test('targets are at least 24 × 24 px, or links within a line of text', async ({ page, stack }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  for (const visit of await listAllPages(stack)) {
    await open(page, stack, visit)
    await typefaceLoaded(page)
    expect(await page.evaluate(findSmallTargets), visit.path).toEqual([])
  }
})

/** Runs in the page: WCAG 2.2, 2.5.8, except links within a sentence. A checkbox's label counts as part of its target. */
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
