import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import type { RawAnswer } from './raw-request.ts'

export const publicPages = ['/', '/97014', '/demo', '/trial', '/contact', '/privacy', '/terms']

/** The paths of all routes of the build, dynamic segments as `[name]`. */
export const routes = (): string[] =>
  Object.values(JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8')))

/** Checks that hold for every response to an unknown client. */
export function expectHarmless(answer: RawAnswer, sent: string): void {
  expect(answer.status, sent).toBeGreaterThan(0)
  expect(answer.status, sent).toBeLessThan(500)
  expect(answer.text, sent).not.toContain('origin.invalid')
  expect(answer.headers.get('cache-control') ?? '', sent).not.toContain('s-maxage')
  expect(answer.headers.get('location') ?? '/', sent).toMatch(/^\/(?![/\\])/)
}
