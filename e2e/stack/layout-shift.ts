import type { Page } from '@playwright/test'

/**
 * Cumulative layout shift so far (Layout Instability API). Then shifts the page on purpose and waits for that entry:
 * entries arrive in order, so all earlier ones have been counted by then.
 * @throws if the browser has no such entries, or does not report the shift on purpose within 10 s
 */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
      throw new Error('This browser does not report layout shifts.')
    type Shift = PerformanceEntry & { value: number }
    const nextFrame = () => new Promise((done) => requestAnimationFrame(done))
    await document.fonts.ready
    await nextFrame()
    await nextFrame()
    const before = performance.now()
    const block = document.createElement('div')
    const shifts = await new Promise<Shift[]>((resolve, reject) => {
      const seen: Shift[] = []
      new PerformanceObserver((list) => {
        seen.push(...(list.getEntries() as Shift[]))
        if (seen.some(({ startTime }) => startTime > before)) resolve(seen)
      }).observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => reject(new Error('A layout shift on purpose was not reported.')), 10_000)
      block.style.height = '150px'
      document.body.prepend(block)
    })
    block.remove()
    return shifts.filter(({ startTime }) => startTime <= before).reduce((sum, { value }) => sum + value, 0)
  })
}
