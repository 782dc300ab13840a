import type { Locator, Page } from '@playwright/test'

/** Presses a button by the mouse alone, which waits for no page: a second press may cancel the first one's answer. */
export async function pressing(button: Locator): Promise<() => Promise<void>> {
  await button.scrollIntoViewIfNeeded()
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not shown')
  return () => button.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** The server takes the first post of a form, and its answer never comes: as when a second click cancels it. */
export async function loseFirstAnswer(page: Page, path: string): Promise<void> {
  let lost = false
  await page.route(path, async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue()
    lost = true
    const request = route.request()
    const headers = await request.allHeaders()
    // Not by `route.fetch`, which gives the answer's cookies to the browser.
    await fetch(request.url(), { method: 'POST', redirect: 'manual', headers, body: request.postData() })
  })
}
