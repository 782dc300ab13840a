import { beforeAll, describe, expect, test } from 'vitest'
import { type MailKind, mailKinds, renderMail, templates } from '#emails/index'

function drawExample<Kind extends MailKind>(kind: Kind) {
  return renderMail(kind, templates[kind].example)
}

/** The URLs of a mail's links, as a client reads them. */
function hrefsOf(html: string): string[] {
  return [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
}

/** What the plain text must contain for a link: the URL, or the bare phone number or mailbox. */
function isIn(text: string, href: string): boolean {
  if (href.startsWith('tel:')) return text.replace(/\D/g, '').includes(href.slice(-10))
  if (href.startsWith('mailto:') && !href.includes('?'))
    return text.includes(decodeURIComponent(href.slice(7)))
  return text.split('\n').includes(href)
}

describe.each(mailKinds)('%s', (kind) => {
  let mail: Awaited<ReturnType<typeof drawExample>>
  beforeAll(async () => {
    mail = await drawExample(kind)
  })

  test('is a complete document with a language, a title and one h1', () => {
    expect(mail.html).toMatch(/<html[^>]* lang="en"/)
    expect(mail.html).toContain(`<title>${mail.subject}</title>`)
    expect(mail.html.match(/<h1/g)).toHaveLength(1)
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark"/>')
  })

  test('loads no external image, font, script or style sheet', () => {
    expect(mail.html).not.toMatch(
      /<(?:img|script|link|iframe|object|video|form)\b|url\(|@import|@font-face|\ssrc=/i,
    )
  })

  test('has every link in its plain text too', () => {
    const hrefs = hrefsOf(mail.html)
    expect(hrefs.length).toBeGreaterThan(0)
    expect(hrefs.filter((href) => !isIn(mail.text, href))).toEqual([])
  })

  test('is wrapped at 72 columns, except links and the signature’s mark', () => {
    const wide = mail.text
      .split('\n')
      .filter((line) => line.length > 72 && !/^\S+$/.test(line.trim().split(': ').at(-1)?.trim() ?? ''))
    expect(wide).toEqual([])
  })

  test('stays far below the 102 kB at which Gmail cuts', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(60_000)
  })

  test('names its sender', () => {
    for (const part of [mail.html, mail.text]) {
      for (const fact of ['TrackStat', '(760) 334-5013', 'support@trackstat.org', 'La Quinta, CA 92253']) {
        expect(part).toContain(fact)
      }
    }
  })
})

// Anyone can enter anyone's address, so a reply to it must not contain a stranger's text or links.
describe.each([
  'demo-thanks',
  'inquiry-received',
  'trial-confirm',
  'trial-welcome',
  'trial-ending',
  'trial-ended',
  'trial-access',
  'trial-changed',
] as const)('%s to a lead', (kind) => {
  test('contains no text of the visitor, even if passed by mistake', async () => {
    const typed = {
      name: 'Mallory-typed',
      company: 'Mallory-typed',
      message: 'Mallory-typed',
      email: 'Mallory-typed',
    }
    const { subject, html, text } = await renderMail(kind, { ...templates[kind].example, ...typed })
    expect(subject + html + text).not.toContain('Mallory')
  })
})

test.each(['running', 'had'] as const)(
  'a %s trial is reported, and no second one is offered',
  async (state) => {
    const { example } = templates['trial-confirm']
    const known = { state, endsAt: new Date('2026-12-08T22:05:00Z') }
    const { html, text } = await renderMail('trial-confirm', { ...example, known })
    for (const part of [html, text]) {
      expect(part).toContain('Dec 8, 2026')
      expect(part).not.toContain('/trial/confirm')
      expect(part).not.toContain(example.code)
    }
  },
)

test('a time is in the reader’s time zone if known, else in California’s and UTC', async () => {
  const { example } = templates['trial-welcome']
  const known = await renderMail('trial-welcome', { ...example, timeZone: 'Asia/Tokyo' })
  const unknown = await renderMail('trial-welcome', { ...example, timeZone: undefined })
  for (const part of [known.html, known.text]) {
    expect(part).toContain('Wed, Dec 9, 2026, 7:05 AM GMT+9')
    expect(part).not.toContain('UTC')
  }
  for (const part of [unknown.html, unknown.text])
    expect(part).toContain('Tue, Dec 8, 2026, 2:05 PM PST (Tue, Dec 8, 2026, 22:05 UTC)')
})

test('reminders promote nothing without a street address', async () => {
  for (const kind of ['trial-ending', 'trial-ended'] as const) {
    const { example } = templates[kind]
    const bare = await renderMail(kind, example)
    const site = { ...example.site, postalAddress: '1 Example Way' }
    const full = await renderMail(kind, { ...example, site })
    expect(bare.text).not.toMatch(/keep TrackStat/i)
    expect(full.text).toMatch(/keep TrackStat/i)
    // With or without one, the mail offers the way on; after the end, no way into what is closed.
    for (const { text, html } of [bare, full]) {
      const href = 'mailto:support@trackstat.org?subject=Become%20a%20TrackStat%20customer%20%28TS-9RWB4T%29'
      expect(text).toContain(`BECOME A CUSTOMER\n${href}\n`)
      expect(html).toContain(`href="${href}"`)
      expect(text.includes('SIGN IN'), kind).toBe(kind === 'trial-ending')
    }
  }
})

test('a link in plain text ends in a letter, a digit or a slash', async () => {
  for (const kind of mailKinds) {
    const { text } = await drawExample(kind)
    const links = text.match(/(?:https?:\/\/|mailto:)\S+/g) ?? []
    expect([kind, links.filter((link) => !/[A-Za-z0-9/]$/.test(link))]).toEqual([kind, []])
  }
})

test('the street address is in the footer if the operator has set one', async () => {
  const { example } = templates['trial-confirm']
  const site = { ...example.site, postalAddress: '1 Example Way, La Quinta, CA 92253' }
  const { html, text } = await renderMail('trial-confirm', { ...example, site })
  expect(html).toContain('1 Example Way')
  expect(text).toContain('1 Example Way')
})
