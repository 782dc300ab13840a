import { afterEach, expect, vi } from 'vitest'

/** Noise is failure: what a unit test prints as a warning or an error was not expected. */
const printed = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
afterEach(() => {
  for (const { mock } of printed) expect(mock.calls.splice(0), 'printed on the console').toEqual([])
})
