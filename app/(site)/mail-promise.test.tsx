import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { MailKind } from '#emails/index'
import { MailPromiseNotice } from './mail-promise'

const textOf = (mail: MailKind) =>
  renderToStaticMarkup(
    <MailPromiseNotice promise={{ fate: 'doubtful', earlier: false }} mail={mail} to="jane@example.com" />,
  ).replace(/<[^>]+>/g, ' ')

test('a mail that may not be sent: only a form that can be sent again is advised to try again', () => {
  expect(textOf('trial-confirm')).toMatch(/Try again later, or call/)
  expect(textOf('demo-thanks')).toMatch(/You can watch again in this browser, or call/)
  expect(textOf('inquiry-received')).toMatch(/Note your reference number, or call/)
})
