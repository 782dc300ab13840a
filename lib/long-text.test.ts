import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { readIdempotencyKey } from '#app/api/request-body'
import { markInvisible, markInvisibleInLine, oneLine } from '#emails/invisible-characters'
import { noticeExample } from '#emails/notice-example'
import { contactFacts, givenName, touchFacts } from '#emails/notice-facts'
import { quote } from '#emails/plain-text'
import { countWords } from '#lib/articles/outline'
import { readCues } from '#lib/demo/film-tracks'
import { parseEmail } from '#lib/forms/email'
import { suggestEmail } from '#lib/forms/email-suggestion'
import { fieldsOf, formNames } from '#lib/forms/forms'
import { attributionOf, cleanAttribution } from '#lib/forms/page-attribution'
import { readPhone } from '#lib/forms/phone'
import { submissionSchema } from '#lib/forms/submission-schema'
import { parseBody, readMediaType } from '#lib/guard/body'
import { networkOf } from '#lib/guard/rate'
import { verifyToken } from '#lib/guard/token'
import { readAttribution } from '#lib/leads/read-attribution'
import { findSpamReasons } from '#lib/leads/spam'
import { readVisit } from '#lib/leads/visitor'
import { mailbox, mailboxes } from '#lib/mailbox'
import { maskEmail } from '#lib/mask'
import { readCode } from '#lib/trials/code'
import { readTimeZone } from '#lib/trials/time-zone'
import { findElement } from '#server/elements'
import { cpuCost } from '../e2e/stack/cpu-cost.ts'
import { moreHostileTexts } from '../e2e/stack/hostile-text.ts'

/** CPU time in ms that one text may cost in one function. */
const MOST = 20
const LENGTH = 60_000
const who = { name: 'Jane Roe', email: 'jane@example.com', company: 'Desert Spine' }
const encode = (text: string) => new TextEncoder().encode(text)
const headersOf = (name: string, text: string) =>
  new Headers({ [name]: text.replaceAll(/[^\t\x20-\x7e]/g, ' ') })

/** Everything that reads a stranger's text by itself; those for mails get what the forms let through, and more. */
const readers: Record<string, (text: string) => unknown> = {
  ...Object.fromEntries(
    formNames.flatMap((form) =>
      fieldsOf(form).map(({ name }) => [
        `${form}, ${name}`,
        (text: string) => z.safeParse(submissionSchema(form), { ...who, [name]: text }),
      ]),
    ),
  ),
  parseEmail,
  suggestEmail,
  cleanAttribution,
  readAttribution: (text) =>
    readAttribution({}, `https://a.example/?utm_source=${text}`, 'https://a.example'),
  attributionOf: (text) => attributionOf(`https://a.example/?gclid=${text}`, `https://b.example/${text}`),
  readPhone,
  readCode,
  readTimeZone,
  readIdempotencyKey: (text) => readIdempotencyKey(headersOf('idempotency-key', text)),
  readMediaType: (text) => attempt(() => readMediaType(text, null)),
  'parseBody of JSON': (text) => attempt(() => parseBody(encode(JSON.stringify({ name: text })), 'json')),
  'parseBody of broken JSON': (text) => attempt(() => parseBody(encode(`{"name":"${text}`), 'json')),
  'parseBody of a form': (text) => attempt(() => parseBody(encode(`name=${text}`), 'form')),
  'parseBody of many names': (text) =>
    attempt(() => parseBody(encode(text.replaceAll(/[^&=]/g, '&')), 'form')),
  findSpamReasons: (message) => findSpamReasons({ message }),
  networkOf,
  verifyToken: (text) => verifyToken('visitor', text),
  readVisit: (text) => readVisit(text),
  maskEmail,
  'maskEmail of an address': (text) => maskEmail(`<jane@${text}> ${text}@example.com`),
  'findElement main': (text) => findElement(`<main>${text}`, 'main'),
  mailbox: (text) => mailbox.safeParse(text),
  mailboxes: (text) => mailboxes.safeParse(text),
  countWords,
  'readCues of a line': (text) => readCues(`WEBVTT\n\n00:00.000 --> 00:02.000\n${text}\n`),
  'readCues of times': (text) => readCues(`WEBVTT\n\n${text} --> ${text}\nx\n`),
  oneLine: (text) => oneLine(text),
  markInvisibleInLine,
  markInvisible,
  quote,
  givenName,
  contactFacts: (text) => {
    const kinds = ['line', 'email', 'phone', 'consent'] as const
    const answers = kinds.map((kind) => ({ kind, label: 'Typed', value: text, e164: text }))
    return contactFacts({ ...noticeExample, answers })
  },
  touchFacts: (text) => touchFacts({ utm_source: text, referrer: text }),
}

/** A refusal is an answer, too. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error
  }
}

test.each(Object.entries(readers))('%s takes no time to speak of', async (_, read) => {
  const slow: Record<string, number> = {}
  for (const [name, make] of Object.entries(moreHostileTexts)) {
    const text = make(LENGTH)
    const ms = await cpuCost(() => read(text), MOST)
    if (ms > MOST) slow[name] = ms
  }
  expect(slow).toEqual({})
})
