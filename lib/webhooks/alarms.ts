import type { Alarm } from '#lib/mail/alarm'

/** Alarms for support when webhooks can't be delivered, each with what to do. */

export const receiverGoneAlarm = (detail: string): Alarm => ({
  what: 'The receiver of webhooks is gone',
  detail,
  steps: [
    'Nothing more is sent to this address. New webhooks are stored.',
    'If it was a mistake: npm run webhook -- enable, then npm run webhook -- replay --failed.',
    'If it has moved: set WEBHOOK_URL to the new address, restart, then npm run webhook -- replay --failed.',
  ],
})

export const receiverFailsAlarm = (detail: string): Alarm => ({
  what: 'The receiver of webhooks accepts nothing',
  detail,
  steps: [
    'Check the receiver behind WEBHOOK_URL. Each webhook is retried for three days.',
    'See the webhooks: npm run webhook -- list.',
  ],
})

export const eventGivenUpAlarm = (id: string, detail: string): Alarm => ({
  what: 'A webhook could not be delivered in three days',
  detail,
  steps: [
    'Check the receiver behind WEBHOOK_URL.',
    `Then send it again, which does not happen automatically: npm run webhook -- replay ${id}, or replay --failed for all.`,
  ],
})

export const badLoginUrlAlarm = (id: string, reference: string, detail: string): Alarm => ({
  what: `The sign-in link of trial ${reference} can’t be used`,
  detail,
  steps: [
    'The product answered trial.confirmed with a login_url that is not accepted: see docs/webhooks.md for the rules.',
    `When it is fixed: npm run webhook -- replay ${id}. The visitor then gets the link automatically.`,
    `Or set up the account by hand, then: npm run trial -- access ${reference} LINK. The visitor was told that support gets in touch.`,
  ],
})
