import { outcomes } from '#lib/billing/which-code'
import { billingPaths } from './stack/billing-paths.ts'
import { expect, test } from './stack/test.ts'
import { typefaceLoaded } from './stack/typeface.ts'

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('decision guide: every path ends at its own URL, with links only', async ({ page }) => {
      await page.goto('/97014')
      const shown = page.locator('.choice > section:visible')
      for (const [words, outcome] of billingPaths) {
        await page.goto('/97014#ask-attended')
        for (const answer of words.split(' > ')) {
          const { hash } = new URL(page.url())
          await shown.getByRole('link', { name: answer }).click()
          await expect(shown.locator(`a[href="${hash}"]`).first(), words).toHaveText(/^Back/)
        }
        await expect(page, words).toHaveURL(`/97014#${outcome}`)
        await expect(shown).toHaveCount(1)
        await expect(shown.getByRole('heading')).toContainText(outcomes[outcome].code)
        await shown.getByRole('link', { name: 'Start again' }).click()
        await expect(page).toHaveURL('/97014#ask-attended')
      }
    })

    test('back leads to the previous question, or to each possible one where paths join', async ({
      page,
    }) => {
      const shown = page.locator('.choice > section:visible')
      await page.goto('/97014#bill-97014')
      for (const hash of ['ask-payer', 'ask-purpose', 'ask-attended']) {
        await shown.getByRole('link', { name: 'Back', exact: true }).click()
        await expect(page).toHaveURL(`/97014#${hash}`)
      }
      await expect(shown.getByRole('link', { name: /^Back|^Start again/ })).toHaveCount(0)
      await page.goto('/97014#ask-wound-payer')
      await expect(shown.getByRole('link', { name: /^Back/ })).toHaveText([
        'Back to unattended stimulation',
        'Back to attended stimulation',
      ])
    })
  })

test('a panel is as high as its content, and an answer causes no layout shift', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/97014#ask-attended')
  await typefaceLoaded(page)
  await page.evaluate(() => {
    const counted: number[] = []
    Object.assign(window, { shifts: counted })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as never as { value: number; hadRecentInput: boolean }
        if (!hadRecentInput) counted.push(value)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const shown = page.locator('.choice > section:visible')
  for (const answer of ['device runs', 'pain', 'Another payer']) {
    const empty = await shown.evaluate((one) => {
      const last = one.lastElementChild?.getBoundingClientRect().bottom ?? 0
      return (one.parentElement?.getBoundingClientRect().bottom ?? 0) - last
    })
    expect(empty).toBeLessThan(30)
    await shown.getByRole('link', { name: answer }).click()
    // A layout shift is reported within two frames.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
  expect(await page.evaluate(() => (window as never as { shifts: number[] }).shifts)).toEqual([])
})

test('each outcome opens from its URL and shows the full URL to share', async ({ page, stack }) => {
  // Smooth scrolling would make the test wait.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const [name, { code, answers }] of Object.entries(outcomes)) {
    await page.goto('about:blank')
    await page.goto(`/97014#${name}`)
    const shown = page.locator('.choice > section:visible')
    await expect(
      shown.getByRole('heading', { name: `For ${answers}: ${code}`, exact: true }),
    ).toBeInViewport()
    await expect(
      shown.getByRole('link', { name: `${stack.url}/97014#${name}`, exact: true }),
    ).toHaveAttribute('href', `/97014#${name}`)
    await expect(shown.locator('.cite a').first()).toBeVisible()
  }
})
