import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMail, templates } from '#emails/index'
import { givenName, type NoticeAnswer, type SupportNoticeProps } from '#emails/notice-facts'

const { example, subject } = templates['support-notice']
const draw = (props: Partial<SupportNoticeProps>) => renderMail('support-notice', { ...example, ...props })

const message = (value: string): NoticeAnswer => ({ kind: 'text', label: 'Message', value })
const phone = (value: string, e164?: string): NoticeAnswer => ({ kind: 'phone', label: 'Phone', value, e164 })

/** The distinct element names of a document. */
const elementsOf = (html: string) =>
  new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name))
const hrefsOf = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)

/** Props with each value that comes from the visitor or their browser set to one text. */
function typedEverywhere(text: string): Partial<SupportNoticeProps> {
  const touch = {
    utm_source: text,
    utm_campaign: text,
    utm_term: text,
    referrer: text,
    landing_page: text,
    gclid: text,
  }
  return {
    who: [text, text],
    answers: [
      phone(text),
      { kind: 'line', label: 'Role', value: text },
      { kind: 'choice', label: 'EHR', value: text },
      message(text),
    ],
    lastTouch: touch,
    firstTouch: { ...touch, utm_source: `${text}2` },
    warnings: [text],
    history: [{ at: example.receivedAt, what: text }],
  }
}

describe('what the visitor typed', () => {
  test('keeps its line breaks in both parts', async () => {
    const { html, text } = await draw({ answers: [message('first\r\nsecond\n\nthird')] })
    expect(html).toContain('first<br/>second<br/><br/>third')
    expect(text).toContain('> first\n> second\n>\n> third\n')
  })

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</title><style>*{display:none}</style>',
    '<!--',
    ']]>',
  ])('%s stands there as text', async (markup) => {
    const [{ html }, plain] = await Promise.all([draw(typedEverywhere(markup)), draw({})])
    expect(elementsOf(html)).toEqual(elementsOf(plain.html))
    expect(html.match(/<style/g)).toHaveLength(2)
  })

  test.each(['https://evil.example/?a=1', 'www.evil.example', 'javascript:alert(1)', 'mallory@evil.example'])(
    '%s is no link, and nothing that a client would make one of',
    async (link) => {
      const { html, text } = await draw(typedEverywhere(link))
      const ours = hrefsOf((await draw({ answers: [] })).html)
      // The reply's subject is typed text, percent-encoded.
      const typed = (href: string) => href.includes('?subject=')
      expect(hrefsOf(html).filter((href) => !typed(href))).toEqual(ours.filter((href) => !typed(href)))
      const body = html.slice(html.indexOf('<h1'))
      expect(body).not.toContain('evil.example')
      // Copying from the screen gives what was typed, because the elements add no characters.
      expect(body.replace(/<[^>]+>/g, '')).toContain(link)
      expect(text).toContain(link)
    },
  )

  test('shows invisible characters as marks, in both parts', async () => {
    const { html, text } = await draw(typedEverywhere('a\u202eb\u200b'))
    const shown = html.slice(html.indexOf('<h1'))
    for (const part of [shown, text]) {
      expect(part.split('a⟦U+202E⟧b⟦U+200B⟧').length).toBeGreaterThan(14)
      expect(part).not.toMatch(/[\u202e\u200b]/)
    }
  })

  test('cannot add a line of its own to the plain text', async () => {
    const { text } = await draw(typedEverywhere(`x\nREPLY TO ${' '.repeat(90)}FORGED: line`))
    expect(text).not.toMatch(/^(?:FORGED|REPLY TO (?!X$))/m)
  })

  test('cannot make the mail so long that Gmail cuts it', async () => {
    const worst = ['\u202e', '@', '"', '\n', '.', '\u{1f469}'].map(async (character) => {
      const cut = (most: number) => character.repeat(most / character.length)
      const history = Array.from({ length: 500 }, () => ({
        at: example.receivedAt,
        what: 'Sent the trial form',
      }))
      const { html } = await draw({
        ...typedEverywhere(cut(200)),
        answers: [...(typedEverywhere(cut(200)).answers ?? []), message(cut(2000))],
        history,
      })
      expect(Buffer.byteLength(html)).toBeLessThan(102_000)
    })
    await Promise.all(worst)
  })
})

describe('subject', () => {
  test('gives the kind and the person', () => {
    expect(subject(example)).toBe('Demo request from Dr. Jane Whitfield, Whitfield Family Chiropractic')
    expect(subject({ ...example, title: 'Inquiry', who: ['Dr. Jane Whitfield'] })).toBe(
      'Inquiry from Dr. Jane Whitfield',
    )
  })

  test('is safe as a header for any input', () => {
    const typed = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
    fc.assert(
      fc.property(typed, typed, (name, company) => {
        const line = subject({ ...example, who: [name, company] })
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
        expect(line.length).toBeLessThanOrEqual(120)
      }),
      { examples: [['Jane\r\nBcc: x@evil.example', 'a\u2028b']] },
    )
  })
})

describe('how to reply', () => {
  test('the phone number can be tapped, and shows what was typed and what is dialed', async () => {
    const { html, text } = await draw({ answers: [phone('(760) 555-0134 x2', '+17605550134')] })
    expect(html.match(/href="tel:\+17605550134"/g)).toHaveLength(2)
    expect(html).toContain('(760) 555-0134 x2')
    expect(text).toMatch(/Phone: +\(760\) 555-0134 x2\n +Dials \+17605550134/)
  })

  test.each([undefined, '+1760;phone-context=evil', 'tel', '+17605550134,,1'])(
    'a number read as %s is not dialed',
    async (e164) => {
      const { html } = await draw({ answers: [phone('ask for Jane', e164)] })
      expect(html).not.toContain(`tel:${e164}`)
      expect(html).toContain('ask for Jane')
    },
  )

  test('the button replies to the person in the notice’s thread, whatever they typed', async () => {
    const typed = fc.string({ unit: 'binary', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(typed, typed, async (name, local) => {
        const props = { ...example, who: [name || 'x'], reply: { address: `${local}@example.org` } }
        const { html, text } = await draw(props)
        const [link = ''] = /^mailto:\S*\?subject=\S+$/m.exec(text) ?? []
        expect(html).toContain(`href="${link}"`)
        expect(link).toMatch(/^mailto:[\w.~%-]*@example\.org\?subject=[\w~%-]*[A-Za-z0-9]$/)
        const { pathname, searchParams } = new URL(link)
        expect(decodeURIComponent(pathname)).toBe(`${local}@example.org`.toWellFormed())
        expect([...searchParams]).toEqual([['subject', `Re: ${subject(props)}`]])
      }),
      {
        examples: [
          ['Dr. "Jane" (x)', '?bcc=all&x'],
          ['Jane+', 'o’neil.'],
        ],
      },
    )
  })

  test('a later notice’s button keeps the thread’s subject; no sentence says that a plain reply works where it may not', async () => {
    const reply = { address: 'jane@example.org', subject: 'Re: Inquiry from Jane', toItself: true }
    const later = await draw({ reply })
    expect(later.text).toContain('mailto:jane@example.org?subject=Re%3A%20Inquiry%20from%20Jane\n')
    expect(later.text).toContain('may go to your own mailbox')
    expect((await draw({})).text).toContain('A plain reply to this email reaches Jane too.')
  })

  test('an address can’t add a header to the reply', async () => {
    const { html } = await draw({
      answers: [{ kind: 'email', label: 'Email', value: 'a?bcc=all&x@evil.example' }],
    })
    expect(html).toContain('href="mailto:a%3Fbcc%3Dall%26x@evil.example"')
  })

  test.each([
    ['Jane Whitfield', 'Jane'],
    ['Dr. Zoë-Marie O’Neil', 'Zoë-Marie'],
    ['Whitfield, Jane', 'them'],
    ['https://evil.example now', 'them'],
    ['王芳', '王芳'],
  ])('%s is called %s', (name, given) => expect(givenName(name)).toBe(given))
})

describe('what else support needs', () => {
  test('the time in California and in UTC', async () => {
    const { html, text } = await draw({ receivedAt: new Date('2026-07-01T03:30:00Z') })
    for (const part of [html, text]) {
      expect(part).toContain('Tue, Jun 30, 2026, 8:30 PM PDT')
      expect(part).toContain('Wed, Jul 1, 2026, 03:30 UTC')
    }
  })

  test('the first touch only if it differs', async () => {
    const same = await draw({ firstTouch: { ...example.lastTouch } })
    expect(same.text).not.toContain('FIRST VISIT')
    expect((await draw({})).text).toContain('FIRST VISIT\nSource: newsletter / email')
    expect((await draw({ lastTouch: {}, firstTouch: undefined })).html).toContain(
      'Unknown: they typed the address',
    )
  })

  test('earlier activity, newest first, and how many more there are', async () => {
    const history = Array.from({ length: 13 }, (_, day) => ({
      at: new Date(Date.UTC(2026, 0, day + 1)),
      what: `Day ${day}`,
    }))
    const { html, text } = await draw({ history })
    for (const part of [html, text]) {
      expect(part.indexOf('Day 12')).toBeLessThan(part.indexOf('Day 11'))
      expect(part).not.toMatch(/Day 2\b/)
      expect(part).toContain('and 3 earlier')
    }
  })

  test('whether texts are allowed, and for a trial how long it runs', async () => {
    expect((await draw({})).text).toMatch(/Texts: +Yes\n +Consent wording 2026-11/)
    const trial = await draw({
      title: 'Trial request',
      trial: { days: 14 },
      answers: [{ kind: 'consent', label: 'Texts', value: 'No' }],
    })
    expect(trial.text).toMatch(/Texts: +No\n/)
    expect(trial.html).toContain('14 days, from the moment the address is confirmed')
    expect(trial.html).toContain('>Trial request</h1>')
  })
})
