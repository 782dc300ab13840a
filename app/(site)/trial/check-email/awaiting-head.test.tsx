import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { MailFate } from '#lib/mail/promise'
import { AwaitingHead } from './awaiting-head'

const textOf = (fate: MailFate) =>
  renderToStaticMarkup(<AwaitingHead fate={fate} email="jane@example.com" />).replace(/<[^>]+>/g, '')

test('the page announces an email only while one may come', () => {
  for (const fate of ['coming', 'sent', 'delayed', 'doubtful'] as const)
    expect(textOf(fate), fate).toMatch(/^Check your email.* an email to jane@example\.com/)
  for (const fate of ['flagged', 'held', 'withheld', 'failed'] as const)
    expect(textOf(fate), fate).toBe('We have your request')
})
