/**
 * "Which code do I bill?" for electrical stimulation, as a table: each answer leads to the next question
 * or to an outcome. `cite` names sources of the article on 97014. A name is an address on its page
 * (`/97014#bill-g0283-medicare`), which others have shared: keep it.
 */
export const firstQuestion = 'ask-attended'

export const questions = {
  'ask-attended': {
    ask: 'Is a clinician with the patient, one to one, for as long as the current runs?',
    hint: 'Watching that nothing goes wrong is supervision. It does not count as attendance.',
    answers: [
      { answer: 'No, the device runs and somebody keeps an eye on it', next: 'ask-purpose' },
      { answer: 'Yes, working with the patient throughout', next: 'ask-attended-purpose' },
    ],
  },
  'ask-purpose': {
    ask: 'Is it unattended stimulation for a wound?',
    hint: 'Unattended stimulation is untimed: its minutes do not matter for the code.',
    answers: [
      { answer: 'No, for pain, muscle or movement', next: 'ask-payer' },
      { answer: 'Yes, for a wound', next: 'ask-wound-payer' },
    ],
  },
  'ask-attended-purpose': {
    ask: 'Is it attended stimulation for a wound?',
    hint: 'Wounds have codes of their own, whoever is in the room.',
    answers: [
      { answer: 'No, for pain, muscle or movement', next: 'ask-minutes' },
      { answer: 'Yes, for a wound', next: 'ask-wound-payer' },
    ],
  },
  'ask-minutes': {
    ask: 'How many minutes were attended one to one?',
    hint: 'Attended stimulation is timed.',
    answers: [
      { answer: '8 minutes or more', next: 'ask-attended-payer' },
      { answer: 'Fewer than 8 minutes', next: 'bill-nothing' },
    ],
  },
  'ask-payer': {
    ask: 'Who pays for this unattended stimulation?',
    hint: 'The plan decides, not the state or the software.',
    answers: [
      { answer: 'Original Medicare', next: 'ask-biller' },
      { answer: 'UnitedHealthcare', next: 'bill-g0283-unitedhealthcare' },
      { answer: 'Another payer', next: 'bill-97014' },
    ],
  },
  'ask-attended-payer': {
    ask: 'Who pays for this attended stimulation?',
    hint: 'The plan decides, not the state or the software.',
    answers: [
      { answer: 'Original Medicare', next: 'ask-attended-biller' },
      { answer: 'UnitedHealthcare', next: 'bill-97032-unitedhealthcare' },
      { answer: 'Another payer', next: 'bill-97032' },
    ],
  },
  'ask-wound-payer': {
    ask: 'Who pays for the treatment of the wound?',
    hint: 'Coverage for wounds is narrow. Ask before the first session.',
    answers: [
      { answer: 'Original Medicare', next: 'ask-wound-biller' },
      { answer: 'UnitedHealthcare', next: 'bill-wound-ask' },
      { answer: 'Another payer', next: 'bill-wound-ask' },
    ],
  },
  'ask-biller': {
    ask: 'Who bills Medicare for the unattended stimulation?',
    hint: 'Medicare pays chiropractors for one service only.',
    answers: [
      { answer: 'A therapy practice, under a plan of care', next: 'bill-g0283-medicare' },
      { answer: 'A chiropractor', next: 'bill-medicare-chiropractor' },
    ],
  },
  'ask-attended-biller': {
    ask: 'Who bills Medicare for the attended stimulation?',
    hint: 'Medicare pays chiropractors for one service only.',
    answers: [
      { answer: 'A therapy practice, under a plan of care', next: 'bill-97032-medicare' },
      { answer: 'A chiropractor', next: 'bill-medicare-chiropractor' },
    ],
  },
  'ask-wound-biller': {
    ask: 'Who bills Medicare for the treatment of the wound?',
    hint: 'Medicare pays chiropractors for one service only.',
    answers: [
      { answer: 'A therapy practice, under a plan of care', next: 'bill-g0281-medicare' },
      { answer: 'A chiropractor', next: 'bill-medicare-chiropractor' },
    ],
  },
} as const satisfies Record<string, Question>

export const outcomes = {
  'bill-97014': {
    answers: 'unattended stimulation, another payer',
    code: '97014',
    units: 'One unit a visit',
    reason:
      'Unattended, not for a wound, and a payer for which no other rule is known here: this is what 97014 is for. Some payers follow Medicare and want G0283 instead, so look it up in the contract.',
    cite: ['undeny', 'mpa'],
  },
  'bill-g0283-unitedhealthcare': {
    answers: 'unattended stimulation, UnitedHealthcare',
    code: 'G0283 with GP',
    units: 'One unit a visit',
    reason:
      'UnitedHealthcare has required G0283 in place of 97014 since January 2007, and the GP modifier since 2020.',
    cite: ['mpa', 'nysca'],
  },
  'bill-g0283-medicare': {
    answers: 'unattended stimulation, Original Medicare',
    code: 'G0283 with GP',
    units: 'One unit a visit',
    reason:
      'Medicare does not recognize 97014. G0283 is its code for unattended stimulation that is not for a wound, under a therapy plan of care; GP says that the plan is one of physical therapy.',
    cite: ['medicarepayment', 'helpdesk', 'codingahead'],
  },
  'bill-97032': {
    answers: 'attended stimulation, another payer',
    code: '97032',
    units: 'Units by minutes: 8 to 22 are one, 23 to 37 two',
    reason:
      'Attended one to one, and timed. The note should show what the clinician did that a device alone could not: finding a motor point, teaching, or working on a task.',
    cite: ['findacode', 'fcso'],
  },
  'bill-97032-unitedhealthcare': {
    answers: 'attended stimulation, UnitedHealthcare',
    code: '97032 with GP',
    units: 'Units by minutes: 8 to 22 are one, 23 to 37 two',
    reason:
      'Attended one to one, and timed. UnitedHealthcare has required the GP modifier since 2020. The note should show what the clinician did throughout.',
    cite: ['findacode', 'nysca', 'fcso'],
  },
  'bill-97032-medicare': {
    answers: 'attended stimulation, Original Medicare',
    code: '97032 with GP',
    units: 'Units by minutes: 8 to 22 are one, 23 to 37 two',
    reason:
      'Attended one to one, and timed. Medicare’s contractors expect it seldom: most stimulation in therapy belongs under G0283, so the note must show why someone had to be there throughout.',
    cite: ['findacode', 'codingahead', 'fcso'],
  },
  'bill-g0281-medicare': {
    answers: 'stimulation of a wound, Original Medicare',
    code: 'G0281',
    units: 'If Medicare covers this wound',
    reason:
      'G0281 and G0282 are the wound codes. G0282 is not covered. For which wounds G0281 is, no source here confirms: read the coverage article of your contractor before the first session.',
    cite: ['medicarepayment', 'helpdesk'],
  },
  'bill-wound-ask': {
    answers: 'stimulation of a wound, another payer than Medicare',
    code: 'Ask the payer first',
    units: 'Neither 97014 nor G0283',
    reason:
      'G0281 and G0282 are the wound codes, and Medicare does not cover G0282. What this payer does is not confirmed by any source here: ask in writing before the first session.',
    cite: ['medicarepayment', 'helpdesk'],
  },
  'bill-medicare-chiropractor': {
    answers: 'a chiropractor who bills Original Medicare',
    code: 'No code that Medicare pays',
    units: 'GP and GY where a claim is submitted all the same',
    reason:
      'Original Medicare pays a chiropractor for manual manipulation of the spine and for nothing else. Tell the patient before the session what it will cost.',
    cite: ['ngs', 'palmettochiro'],
  },
  'bill-nothing': {
    answers: 'attended stimulation of fewer than 8 minutes',
    code: 'No code',
    units: 'No unit',
    reason:
      'Attended stimulation is timed, and fewer than 8 minutes of a single timed code are not billed. Record the minutes all the same.',
    cite: ['fcso'],
  },
} as const satisfies Record<string, Outcome>

type Question = { ask: string; hint: string; answers: readonly { answer: string; next: string }[] }
/** `answers` says what was asked for to those who were sent the address of the outcome. */
type Outcome = { answers: string; code: string; units: string; reason: string; cite: readonly string[] }
export type QuestionName = keyof typeof questions
export type OutcomeName = keyof typeof outcomes
