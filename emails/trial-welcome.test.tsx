import { expect, test } from 'vitest'
import { renderMail, templates } from '#emails/index'

test('while the person waits for access, also the preview says that the end is the earliest one', async () => {
  const { example } = templates['trial-welcome']
  const preview = async (daysFromAccess?: number) =>
    /It runs until [^.<]*\./.exec(
      (await renderMail('trial-welcome', { ...example, loginUrl: undefined, daysFromAccess })).html,
    )?.[0]
  expect(await preview(14)).toMatch(/ at the earliest\.$/)
  expect(await preview()).not.toContain('earliest')
})
