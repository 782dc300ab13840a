import type { CDPSession, Page } from '@playwright/test'

const sessions = new WeakMap<Page, CDPSession>()

/** Waits until the typeface is in use. Until then lines break as in the fallback, so nothing may be measured. */
export function typefaceLoaded(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    await document.fonts.ready
  })
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
