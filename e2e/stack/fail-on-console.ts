import { afterEach, expect, vi } from 'vitest'

/** Makes a unit test fail that prints an unexpected warning or error. */
const printed = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
afterEach(() => {
  for (const { mock } of printed) expect(mock.calls.splice(0), 'printed on the console').toEqual([])
})
