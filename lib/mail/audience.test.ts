import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { type MailKind, mailKinds, templates } from '#emails/index'
import { parseConfig } from '#lib/config'
import { warnOfOwnReplies } from '#lib/mail/audience'
import { compose } from '#lib/mail/compose'

/** Headers by which help desks recognize automatic, bulk and list mail, and drop or suspend it. */
const AUTOMATIC =
  /^(?:auto-submitted|x-auto-.*|x-autoreply|x-autorespond|precedence|list(?:-.*)?|feedback-id|x-feedback-id|x-loop|x-mailer|return-path)$/
const SUPPORT = ['support-notice', 'notice-digest', 'spam-digest', 'alarm']
const config = parseConfig({
  NOTICE_FROM: 'Forms <forms@trackstat.org>',
  SUPPORT_EMAIL: 'desk@trackstat.org',
})

async function headersOf<Kind extends MailKind>(kind: Kind) {
  const letter = {
    kind,
    props: templates[kind].example,
    recipient: 'someone@example.org',
    messageId: '<1@trackstat.org>',
    date: new Date(),
  }
  return simpleParser(await compose(letter, config))
}

test.each(mailKinds)('%s is marked as automatic only if it goes to a visitor', async (kind) => {
  const { headers, from } = await headersOf(kind)
  const marks = [...headers.keys()].filter((name) => AUTOMATIC.test(name))
  const toSupport = SUPPORT.includes(kind)
  expect(marks).toEqual(toSupport ? [] : ['auto-submitted', 'x-auto-response-suppress'])
  expect(from?.value[0]?.address).toBe(toSupport ? 'forms@trackstat.org' : 'support@trackstat.org')
})

test('NOTICE_FROM is MAIL_FROM where it is not set', () => {
  expect(parseConfig({ MAIL_FROM: 'a@b.example' }).noticeFrom.address).toBe('a@b.example')
})

test.each([
  [{}, true],
  [{ NOTICE_FROM: 'forms@trackstat.org' }, false],
  [{ SUPPORT_EMAIL: 'desk@b.example, Support@TrackStat.org' }, true],
  [{ SUPPORT_EMAIL: 'j.doe+desk@gmail.com', NOTICE_FROM: 'jdoe@gmail.com' }, true],
  [{ SUPPORT_EMAIL: 'jdoe@b.example', NOTICE_FROM: 'j.doe@b.example' }, false],
])('%j: whether it is warned that notices come from their own recipient: %s', (env, warned) => {
  expect(warnOfOwnReplies(parseConfig(env)) !== undefined).toBe(warned)
})
