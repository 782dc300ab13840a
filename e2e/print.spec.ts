import type { Page } from '@playwright/test'
import { getDocumentProxy } from 'unpdf'
import { listAllPages, open, publicPaths } from './stack/all-pages.ts'
import { expect, test } from './stack/test.ts'
import { typefaceLoaded } from './stack/typeface.ts'

/** A page with fewer lines is waste of paper. */
const MIN_LINES = 3

/** The lines of text on each sheet. */
async function printLines(page: Page, format: 'Letter' | 'A4'): Promise<string[][]> {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format })))
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => {
      const { items } = await (await pdf.getPage(i + 1)).getTextContent()
      const lines = new Map<number, string>()
      for (const item of items) {
        if (!('str' in item) || !item.str.trim()) continue
        const top = Math.round(item.transform[5] / 4)
        lines.set(top, `${lines.get(top) ?? ''}${item.str} `)
      }
      return [...lines].toSorted(([a], [b]) => b - a).map(([, line]) => line.replace(/\s+/g, ' ').trim())
    }),
  )
}

const headingsOf = (page: Page) =>
  page
    .locator('h1:visible, h2:visible, h3:visible')
    .evaluateAll((all) => all.map((one) => one.textContent.replace(/\s+/g, ' ').trim()))

test('on paper no page has only a line or two, and no heading is the last line of one', async ({
  page,
  stack,
}) => {
  const faults: string[] = []
  for (const visit of await listAllPages(stack)) {
    await open(page, stack, visit)
    await typefaceLoaded(page)
    await page.emulateMedia({ media: 'print' })
    const headings = await headingsOf(page)
    for (const format of ['Letter', 'A4'] as const) {
      const sheets = await printLines(page, format)
      expect(sheets.flat().length, visit.path).toBeGreaterThan(2)
      for (const [i, lines] of sheets.entries()) {
        const where = `${visit.path} ${format} ${i + 1}/${sheets.length}`
        const last = lines.at(-1) ?? ''
        if (lines.length < MIN_LINES) faults.push(`${where}: only “${lines.join(' / ')}”`)
        if (headings.some((heading) => heading === last || (last.length > 10 && heading.endsWith(last))))
          faults.push(`${where}: ends with the heading “${last}”`)
      }
    }
    await page.emulateMedia({ media: null })
  }
  expect(faults).toEqual([])
})

/** WCAG 2.2, 1.4.12: what a reader may set without loss. */
const TEXT_SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'

/**
 * Runs in the page. Finds elements that stick out of the window, and text that is cut off or covers other text; leaves out a
 * suggested address, which its field shows whole.
 */
function findLoss(): string[] {
  const nameOf = (one: Element) =>
    `<${one.localName} class="${one.getAttribute('class')}"> ${one.textContent.slice(0, 50)}`
  const visible = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (one) => one.checkVisibility() && !one.closest('[aria-hidden="true"], .sr-only, video, .truncate'),
  )
  const scroller = (one: Element) => one.closest('[tabindex="0"]') !== null
  const wide = visible.filter((one) => {
    const { right, left, width } = one.getBoundingClientRect()
    return (
      width > 0 && (right > innerWidth + 1 || left < -1) && !scroller(one) && !one.closest('a[href="#main"]')
    )
  })
  const cut = visible.filter((one) => {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(one)
    const hides = overflowX !== 'visible' || overflowY !== 'visible' || textOverflow === 'ellipsis'
    const isControl = one.matches('input, select, textarea')
    return (
      (hides || one.matches('button, .choice-answer')) &&
      !isControl &&
      !scroller(one) &&
      (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) &&
      one.clientWidth > 0
    )
  })
  const selects = visible
    .filter((one): one is HTMLSelectElement => one.localName === 'select')
    .filter((one) => one.scrollHeight > one.clientHeight + 1)
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
    ...wide.map((one) => `sticks out: ${nameOf(one)}`),
    ...[...cut, ...selects].map((one) => `is cut off: ${nameOf(one)}`),
  ]
}

test('320 px wide with text spacing nothing is cut off or sticks out', async ({ page, stack }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  const faults: Record<string, string[]> = {}
  for (const visit of await listAllPages(stack)) {
    await open(page, stack, visit)
    await typefaceLoaded(page)
    // Our policy refuses other styles, so as a reader's own stylesheet.
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      document.adoptedStyleSheets = [sheet]
      for (const one of document.querySelectorAll('details')) one.open = true
    }, TEXT_SPACING)
    const found = await page.evaluate(findLoss)
    if (found.length) faults[visit.path] = found
  }
  expect(faults).toEqual({})
})

test('an answer that is refused does not stick out either', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  for (const path of publicPaths.filter((path) => ['/demo', '/trial', '/contact', '/97014'].includes(path))) {
    await page.goto(path)
    await typefaceLoaded(page)
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      document.adoptedStyleSheets = [sheet]
    }, TEXT_SPACING)
    await page
      .locator('main form [name="email"]')
      .fill('the.front.desk.of.the.practice.in.la.quinta@gmial.com')
    await page.locator('main form [name="name"]').focus()
    await expect(page.getByText('Did you mean')).toBeVisible()
    await page.locator('main form button[type="submit"]').click()
    await expect(page.getByRole('region', { name: /Please fix/ })).toBeVisible()
    expect(await page.evaluate(findLoss), path).toEqual([])
  }
})
