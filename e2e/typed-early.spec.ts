import type { Page } from '@playwright/test'
import { typed, unfold } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

/** What somebody typed before script arrives stays, whatever an extension has done to the page by then. */

/** Runs in the page: what extensions do to it. Each makes the page differ from the one that was rendered. */
const intrusions: Record<string, () => void> = {
  nothing: () => {},
  'a node as the first in the form': () =>
    document.querySelector('main form')?.prepend(document.createElement('div')),
  'a node after a control': () =>
    document.querySelector('main form input')?.after(document.createElement('span')),
  'a node around a control': () => {
    const control = document.querySelector('main form input')
    const wrapper = document.createElement('com-example-wrapper')
    control?.replaceWith(wrapper)
    if (control) wrapper.append(control)
  },
  'nodes around the form': () => {
    const form = document.querySelector('main form')
    form?.before(document.createElement('div'))
    form?.after(document.createElement('div'))
  },
  'nodes at the start of body and main': () => {
    document.body.prepend(document.createElement('div'))
    document.querySelector('main')?.prepend(document.createElement('div'))
  },
  'a translation of every text': () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    while (walker.nextNode()) texts.push(walker.currentNode as Text)
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest('script, style, option, textarea')) continue
      const font = document.createElement('font')
      font.append(`${text.data}ñ`)
      text.replaceWith(font)
    }
  },
}

const outside = ['nothing', 'nodes around the form', 'nodes at the start of body and main']

/** Opens a page whose scripts wait. Returns how to let them come. */
async function openWithoutScript(page: Page, path: string): Promise<() => Promise<void>> {
  const arrived = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await arrived.promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  await page.locator('footer').waitFor()
  return async () => {
    arrived.resolve()
    await page.waitForFunction(() => {
      const form = document.querySelector('main form')
      return form !== null && Object.keys(form).some((key) => key.startsWith('__reactProps'))
    })
    // React has found the form; within two frames it has also put in place what it renders.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
}

const field = (page: Page, name: string) => page.locator(`main form [name="${name}"]`).first()

async function expectKept(page: Page, values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) await expect(field(page, name), name).toHaveValue(value)
  await expect(field(page, 'texts')).toBeChecked()
  await expect(field(page, 'name')).toBeFocused()
  expect(
    await field(page, 'name').evaluate(({ selectionStart, selectionEnd }: HTMLInputElement) => [
      selectionStart,
      selectionEnd,
    ]),
  ).toEqual([2, 5])
}

async function typeEarly(page: Page, values: Record<string, string>) {
  await unfold(page)
  for (const [name, value] of Object.entries(values)) {
    const control = field(page, name)
    if (name === 'ehr') await control.selectOption(value)
    else await control.fill(value)
  }
  await field(page, 'texts').check()
  await field(page, 'name').evaluate((control: HTMLInputElement) => {
    control.focus()
    control.setSelectionRange(2, 5)
  })
}

const answers = {
  '/demo': () => ({ ...typed(), ehr: 'Jane' }),
  '/trial': () => ({ ...typed(), ehr: 'Jane', message: undefined }),
  '/contact': typed,
}

for (const [path, make] of Object.entries(answers))
  for (const [what, intrude] of Object.entries(intrusions))
    test(`${path}: ${what}, before script: what was typed, the focus and the selection stay`, async ({
      page,
    }) => {
      const values = Object.fromEntries(Object.entries(make()).filter(([, value]) => value)) as Record<
        string,
        string
      >
      const arrive = await openWithoutScript(page, path)
      await page.evaluate(intrude)
      await typeEarly(page, values)
      const before = await field(page, 'name').elementHandle()
      await arrive()
      await expectKept(page, values)
      // Without a change in the form the controls are the same ones, so that a phone's keyboard stays.
      if (outside.includes(what)) expect(await before?.evaluate((control) => control.isConnected)).toBe(true)
    })

for (const [what, intrude] of Object.entries(intrusions)) {
  test(`/trial filled in and changed, /review and a code: ${what}`, async ({ page, stack }) => {
    await page.goto('/demo')
    const { name, email, company } = typed()
    const sent = await stack.post('demo', { name, email, company })
    const [cookie = '', value = ''] = (sent.headers.getSetCookie()[0]?.split(';')[0] ?? '').split('=')
    await page.context().addCookies([{ name: cookie, value, url: stack.url }])
    let arrive = await openWithoutScript(page, '/trial')
    await page.evaluate(intrude)
    await typeEarly(page, { name: 'John Doe', company: 'Other', ehr: 'Jane' })
    await arrive()
    await expectKept(page, { name: 'John Doe', email, company: 'Other', ehr: 'Jane' })

    await page.unrouteAll()
    await page.request.post('/api/submissions/inquiry', {
      form: { name: 'Jane', email: 'jane', message: 'Hi' },
      maxRedirects: 0,
    })
    arrive = await openWithoutScript(page, '/review')
    await page.evaluate(intrude)
    await typeEarly(page, { name: 'John Doe', message: 'Two\nlines' })
    await arrive()
    await expectKept(page, { name: 'John Doe', email: 'jane', message: 'Two\nlines' })

    await page.unrouteAll()
    await page.request.post('/api/submissions/trial', {
      form: { name: 'Jane', email, company: 'Other', terms: 'on' },
    })
    arrive = await openWithoutScript(page, '/trial/check-email')
    await page.evaluate(intrude)
    await field(page, 'code').fill('ABC')
    await arrive()
    await expect(field(page, 'code')).toHaveValue('ABC')
    await expect(field(page, 'code')).toBeFocused()
  })
}

test('what was typed survives the back/forward list', async ({ page }) => {
  const values = typed()
  await page.goto('/contact')
  for (const name of ['name', 'email', 'message'] as const) await field(page, name).fill(values[name])
  await field(page, 'texts').check()
  await page.goto('/privacy')
  await page.goBack()
  for (const name of ['name', 'email', 'message'] as const)
    await expect(field(page, name)).toHaveValue(values[name])
  await expect(field(page, 'texts')).toBeChecked()
})
