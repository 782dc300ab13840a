import type { SupportNoticeProps } from '#emails/notice-facts'
import { exampleSite } from '#emails/template'

/** Invented example with every part that a notice can show. */
export const noticeExample: SupportNoticeProps = {
  title: 'Demo request',
  reference: 'TS-7K4M2Q',
  receivedAt: new Date('2026-03-03T22:05:00Z'),
  reply: { address: 'jane@xn--whitfeld-chiro-99l.example' },
  who: ['Dr. Jane Whitfield', 'Whitfield Family Chiropractic'],
  answers: [
    { kind: 'email', label: 'Email', value: 'jane@whitf\u0456eld-chiro.example' },
    { kind: 'phone', label: 'Phone', value: '760.555.0134', e164: '+17605550134' },
    { kind: 'line', label: 'Role', value: 'Owner' },
    { kind: 'choice', label: 'EHR', value: 'ChiroTouch' },
    {
      kind: 'text',
      label: 'Message',
      value:
        'We are two doctors and a front desk of one in Palm Desert.\n\n' +
        'Can reminders go out from our own number? Our site is www.whitfield-chiro.example/contact if that helps.\n' +
        '- Jane',
    },
    { kind: 'consent', label: 'Texts', value: 'Yes', note: 'Consent wording 2026-11' },
  ],
  warnings: [
    'The domain whitfield-chiro.example is written with letters of another alphabet: xn--whitfeld-chiro-99l.example',
  ],
  lastTouch: {
    utm_source: 'google',
    utm_medium: 'cpc',
    utm_campaign: 'spring-97014',
    utm_term: 'cpt code 97014',
    referrer: 'https://www.google.com/',
    landing_page: '/97014?utm_source=google&utm_medium=cpc&utm_campaign=spring-97014',
  },
  firstTouch: { utm_source: 'newsletter', utm_medium: 'email', landing_page: '/' },
  history: [
    { at: new Date('2026-02-18T17:40:00Z'), what: 'Wrote an inquiry', reference: 'TS-3HX9WD' },
    {
      at: new Date('2026-02-19T00:12:00Z'),
      what: 'Watched 75% of the demo',
      reference: 'TS-5PVC8N',
    },
  ],
  deskUrl: 'https://www.trackstat.org/support/leads/TS-7K4M2Q',
  site: exampleSite,
}
