import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Stack } from './stack.ts'

export const forms = [
  {
    form: 'demo',
    path: '/demo',
    submit: 'Watch the demo',
    next: /\/demo\/watch$/,
    needed: ['name', 'email', 'company'],
  },
  {
    form: 'trial',
    path: '/trial',
    submit: 'Request my free trial',
    next: /\/trial\/check-email$/,
    needed: ['name', 'email', 'company', 'terms'],
  },
  {
    form: 'inquiry',
    path: '/contact',
    submit: 'Send message',
    next: /\/contact\/sent$/,
    needed: ['name', 'email', 'message'],
  },
] as const
export type Form = (typeof forms)[number]

export const typed = () => ({
  name: 'Jane O’Roe',
  email: `${randomUUID()}@example.com`,
  company: 'Desert Spine',
  phone: '760.334.5013 x7',
  message: 'Two lines\nof text',
})

/** Opens what the page folds. */
export async function unfold(page: Page) {
  const folded = page.locator('main details:not([open]) > summary')
  while (await folded.count()) await folded.first().click()
}

export async function fill(page: Page, values: Record<string, string>) {
  await unfold(page)
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`form[action^="/api/submissions/"] [name="${name}"]`)
    if (await field.count()) await field.fill(value)
  }
  const terms = page.locator('[name="terms"]')
  if (await terms.count()) await terms.check()
}
export const submit = (page: Page, { submit: name }: Form) =>
  page.getByRole('button', { name, exact: true }).click()
export const stored = (stack: Stack, email: string) =>
  stack.query<{ reference: string; phone_e164: string; fields: Record<string, unknown>; form: string }>(
    'select reference, form, fields, phone_e164 from submissions s join leads l on l.id = s.lead_id where l.email = $1',
    [email],
  )

export const phone = { width: 360, height: 800 }

/** Scrolls to the end of a form, like a visitor who filled it out on a phone: the button is the last thing in view. */
export async function pressAtTheBottom(page: Page, form: Form) {
  const button = page.getByRole('button', { name: form.submit, exact: true })
  await button.evaluate((element) => element.scrollIntoView({ block: 'end', behavior: 'instant' }))
  await button.click()
}
