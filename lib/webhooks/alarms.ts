import type { Alarm } from '#lib/mail/alarm'

/** Alarms for support when webhooks can't be delivered, each with what to do. */

export const receiverGoneAlarm = (detail: string): Alarm => ({
  what: 'The receiver of webhooks is gone',
  detail,
  steps: [
    'Nothing more is sent to this address, and what happens from now on is kept.',
    'If it was a mistake: npm run webhook -- enable, then npm run webhook -- replay --failed.',
    'If it has moved: set WEBHOOK_URL to the new address, restart, then npm run webhook -- replay --failed.',
  ],
})

export const receiverFailsAlarm = (detail: string): Alarm => ({
  what: 'The receiver of webhooks takes nothing',
  detail,
  steps: [
    'Check the receiver behind WEBHOOK_URL. What waits is tried again for three days.',
    'See what was tried: npm run webhook -- list.',
  ],
})

export const eventGivenUpAlarm = (id: string, detail: string): Alarm => ({
  what: 'A webhook could not be delivered in three days',
  detail,
  steps: [
    'Check the receiver behind WEBHOOK_URL.',
    `Then send again what was given up, which does not happen by itself: npm run webhook -- replay ${id}, or replay --failed for all.`,
  ],
})

export const badLoginUrlAlarm = (id: string, reference: string, detail: string): Alarm => ({
  what: `The sign-in link of trial ${reference} can’t be used`,
  detail,
  steps: [
    'The product answered trial.confirmed with a login_url that is not sent on: see docs/webhooks.md for what is.',
    `When it is mended: npm run webhook -- replay ${id}. The visitor gets the link by itself.`,
    'Or set the account up by hand: the visitor was told that support gets in touch.',
  ],
})
