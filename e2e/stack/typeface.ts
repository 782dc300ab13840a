import type { CDPSession, Page } from '@playwright/test'

const sessions = new WeakMap<Page, CDPSession>()

/**
 * Waits until the typeface is in use: lines break differently in the fallback, so nothing may be measured in it. A page
 * whose typeface came late keeps the fallback (`font-display: optional`), and is loaded again.
 */
export async function typefaceLoaded(page: Page): Promise<void> {
  for (let loads = 0; loads < 5; loads++) {
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    if (await usesTypeface(page)) return
    await page.reload()
  }
  throw new Error('the page does not use its typeface')
}

/** Whether a page's heading uses the site's typeface, not the fallback. */
export async function usesTypeface(page: Page): Promise<boolean> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' })
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
  return fonts.length > 0 && fonts.every(({ isCustomFont }) => isCustomFont)
}
