import type { Locator, Page } from '@playwright/test'

/** Clicks without waiting for navigation, so that a second click can cancel the first response. */
export async function pressing(button: Locator): Promise<() => Promise<void>> {
  await button.scrollIntoViewIfNeeded()
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not shown')
  return () => button.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** Lets the server receive the first POST of a form but drops its response. */
export async function loseFirstAnswer(page: Page, path: string): Promise<void> {
  let lost = false
  await page.route(path, async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue()
    lost = true
    const request = route.request()
    const headers = await request.allHeaders()
    // Not with `route.fetch`, which gives the response's cookies to the browser.
    await fetch(request.url(), { method: 'POST', redirect: 'manual', headers, body: request.postData() })
  })
}
