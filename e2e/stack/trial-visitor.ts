import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import type { Arrived } from './mail-sink.ts'
import type { Stack } from './stack.ts'

export const freshAddress = () => `${randomUUID()}@example.com`
export const sentTo =
  (address: string) =>
  ({ to }: Arrived) =>
    to.includes(address)

/** The link and the code in a confirmation mail; empty for another mail. */
export const linkIn = ({ mail }: Pick<Arrived, 'mail'>) =>
  /http\S*trial\/confirm\?token=\S*/.exec(mail.text ?? '')?.[0] ?? ''
export const codeIn = ({ mail }: Pick<Arrived, 'mail'>) => /^ {4}(\w{6})$/m.exec(mail.text ?? '')?.[1] ?? ''
/** A well-formed code that differs from this one. */
export const wrongCode = (code: string) => (code === '333333' ? '444444' : '333333')

/** Every URL of our site in a mail's text and headers, as a link scanner finds them. */
export const linksIn = ({ mail }: Pick<Arrived, 'mail'>) => [
  ...new Set(
    [
      ...`${mail.html}${mail.text}${JSON.stringify(mail.headers.get('list'))}`.matchAll(
        /http:\/\/localhost[^\s"<>]+/g,
      ),
    ].map(([found]) => found.replaceAll('&amp;', '&')),
  ),
]

/** Fills out the trial form and sends it. */
export async function askForTrial(page: Page, email: string, origin = ''): Promise<void> {
  await page.goto(`${origin}/trial`)
  for (const [name, value] of Object.entries({ name: 'Jane Roe', email, company: 'Desert Spine' }))
    await page.locator(`[name="${name}"]`).fill(value)
  await page.locator('[name="terms"]').check()
  await page.getByRole('button', { name: 'Request my free trial', exact: true }).click()
  await page.waitForURL(/check-email$/)
}

/** The states of a person's trials. */
export async function statesOf(stack: Stack, email: string): Promise<string[]> {
  const rows = await stack.query<{ state: string }>(
    `select t.state from trials t join leads l on l.id = t.lead_id where l.email = $1 order by t.requested_at`,
    [email],
  )
  return rows.map(({ state }) => state)
}

/** The output of `npm run trial` with this service's settings. */
export async function runTrial(stack: Stack, ...words: string[]): Promise<string> {
  const env = { ...process.env, ...stack.env } as NodeJS.ProcessEnv
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'trial', '--', ...words], { env })
  return stdout
}
