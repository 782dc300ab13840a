import { VISITOR_SECONDS } from '#lib/leads/visitor'
import { watchPass } from '#lib/leads/watch-pass'
import { fill, forms, submit, typed } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

test('an expired link to the demo says so beside the form, which opens the demo', async ({ page, stack }) => {
  process.env.APP_SECRET = stack.env.APP_SECRET
  const expired = watchPass(
    '00000000-0000-4000-8000-000000000000',
    Date.now() - VISITOR_SECONDS * 1000 - 5000,
  )
  await page.goto(`/demo/watch?pass=${expired}`)
  await expect(page.getByRole('heading', { name: 'This link has expired' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('opens the demo for 90 days')
  await fill(page, typed())
  await submit(page, forms[0])
  await expect(page.getByRole('heading', { name: 'The demo', exact: true })).toBeVisible()
})
