import { type Engine, engines } from './stack/engines.ts'
import { forms } from './stack/form-page.ts'
import { withLateScripts } from './stack/late-scripts.ts'
import { expect, test } from './stack/test.ts'
import { freshAddress, linkIn, sentTo, statesOf } from './stack/trial-visitor.ts'

/** The main path in the other engines: form, film, trial, the link from the mail, started. */

const SUBMIT = 'main form[action^="/api/submissions/"] button[type="submit"]'
const VIDEO = `document.querySelector('video')`
const WAIT = { timeout: 60_000 }
/** Waits for the value of an expression. While a page loads it may also throw. */
const becomes = (engine: Engine, expression: string, value: unknown) =>
  expect(async () => expect(await engine.read(expression), expression).toEqual(value)).toPass(WAIT)
const reaches = (engine: Engine, next: RegExp) =>
  becomes(engine, 'location.href', expect.stringMatching(next))
async function goTo(engine: Engine, address: string, control: string) {
  await engine.open(address)
  await becomes(
    engine,
    `location.href === '${address}' && document.querySelector('${control}') !== null`,
    true,
  )
}
/** React has found the form. */
const isTakenOver = (engine: Engine) =>
  becomes(
    engine,
    `Object.keys(document.querySelector('main form')).some((key) => key.startsWith('__react'))`,
    true,
  )

for (const [name, start] of Object.entries(engines)) {
  test(`${name}: form, film, trial, the link from the mail, started`, async ({ stack }) => {
    const engine = await start()
    try {
      const email = freshAddress()
      // Until script has taken the form over, the browser posts it, which leads to /review.
      await expect(async () => {
        await goTo(engine, `${stack.url}/demo`, 'main form')
        await isTakenOver(engine)
        await engine.click(SUBMIT)
        await becomes(engine, `document.querySelector('main h2').textContent`, 'Please fix 3 answers')
        expect(await engine.read('location.pathname')).toBe('/demo')
      }).toPass(WAIT)
      await engine.type('[name="name"]', 'Jane Roe')
      await engine.type('[name="email"]', email)
      await becomes(engine, `document.querySelector('main h2').textContent`, 'Please fix 1 answer')
      await engine.type('[name="company"]', 'Desert Spine')
      await engine.click(SUBMIT)
      await reaches(engine, forms[0].next)

      const shown = `Array.from(${VIDEO}.textTracks, ({ kind, mode }) => kind + ' ' + mode)[0]`
      await becomes(engine, `${VIDEO}.readyState > 0`, true)
      await becomes(engine, shown, 'captions showing')
      // Again as long as script has not arrived.
      await expect(async () => {
        if (await engine.read(`${VIDEO}.paused`)) await engine.pressSpace()
        expect(await engine.read(`${VIDEO}.paused`)).toBe(false)
      }).toPass(WAIT)
      await becomes(engine, `${VIDEO}.currentTime > 0.5`, true)
      await becomes(engine, shown, 'captions showing')
      await engine.pressSpace()
      await becomes(engine, `${VIDEO}.paused`, true)
      await goTo(engine, `${stack.url}/privacy`, 'footer')
      await engine.open(`${stack.url}/demo`)
      await reaches(engine, forms[0].next)
      await becomes(engine, `document.querySelector('main a[href="/trial"]') !== null`, true)

      await engine.click('main a[href="/trial"]')
      await reaches(engine, /\/trial$/)
      await becomes(engine, `document.querySelector('[name="email"]').value`, email)
      await isTakenOver(engine)
      await engine.click('[name="terms"]')
      await engine.click(SUBMIT)
      await reaches(engine, forms[1].next)
      const mail = await stack.sink.waitFor((each) => sentTo(email)(each) && linkIn(each) !== '')
      await goTo(engine, linkIn(mail), 'main form button')
      await engine.click('main form button[type="submit"]')
      await reaches(engine, /\/trial\/started$/)
      expect(await statesOf(stack, email)).toEqual(['active'])
    } finally {
      await engine.close()
    }
  })

  test(`${name}: what was typed before script, in a form that an extension changed, and after back`, async ({
    stack,
  }) => {
    const engine = await start()
    const site = await withLateScripts(stack.url)
    try {
      await goTo(engine, `${site.url}/contact`, 'footer')
      await engine.read(`document.querySelector('main form').prepend(document.createElement('div'))`)
      await engine.type('[name="message"]', 'Two words')
      await engine.click('[name="texts"]')
      await engine.type('[name="name"]', 'Jane Roe')
      await engine.read(`document.querySelector('[name="name"]').setSelectionRange(2, 5)`)
      site.release()
      await isTakenOver(engine)
      const field = (field: string) => `document.querySelector('[name="${field}"]')`
      const typed = `[${field('message')}.value, ${field('texts')}.checked, ${field('name')}.value]`
      const values = ['Two words', true, 'Jane Roe']
      expect(await engine.read(typed)).toEqual(values)
      expect(await engine.read(`document.activeElement.name`)).toBe('name')
      const { selectionStart, selectionEnd } = await engine.read<HTMLInputElement>(
        `{ selectionStart: ${field('name')}.selectionStart, selectionEnd: ${field('name')}.selectionEnd }`,
      )
      expect([selectionStart, selectionEnd]).toEqual([2, 5])
      await goTo(engine, `${site.url}/privacy`, 'footer')
      await engine.read('void history.back()')
      await reaches(engine, /\/contact$/)
      await becomes(engine, typed, values)
    } finally {
      await engine.close()
      site.close()
    }
  })
}
