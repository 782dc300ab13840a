/**
 * "Which code do I bill?" for electrical stimulation, as a decision tree: each answer leads to the next question or to an
 * outcome. `cite`: sources of the article on 97014. The names of questions and outcomes are anchors on the page
 * (`/97014#bill-g0283-medicare`) that people may have linked to: never rename one.
 */
export const firstQuestion = 'ask-attended'

export const questions = {
  'ask-attended': {
    about: 'attendance',
    ask: 'Does a clinician stay with the patient, one to one, the whole time the current runs?',
    hint: 'Watching for safety is supervision. It does not count as attendance.',
    answers: [
      { answer: 'No, the device runs while staff supervise', next: 'ask-purpose' },
      { answer: 'Yes, working with the patient throughout', next: 'ask-attended-purpose' },
    ],
  },
  'ask-purpose': {
    about: 'unattended stimulation',
    ask: 'Is the unattended stimulation treating a wound?',
    hint: 'Unattended stimulation is untimed, so minutes do not affect the code.',
    answers: [
      { answer: 'No, for pain, muscle, or movement', next: 'ask-payer' },
      { answer: 'Yes, for a wound', next: 'ask-wound-payer' },
    ],
  },
  'ask-attended-purpose': {
    about: 'attended stimulation',
    ask: 'Is the attended stimulation treating a wound?',
    hint: '97032 is not used for wound care, even when someone attends.',
    answers: [
      { answer: 'No, for pain, muscle, or movement', next: 'ask-minutes' },
      { answer: 'Yes, for a wound', next: 'ask-wound-payer' },
    ],
  },
  'ask-minutes': {
    about: 'minutes',
    ask: 'How many one-to-one minutes did the stimulation take?',
    hint: 'Attended stimulation is timed.',
    answers: [
      { answer: '8 minutes or more', next: 'ask-attended-payer' },
      { answer: 'Fewer than 8 minutes', next: 'bill-nothing' },
    ],
  },
  'ask-payer': {
    about: 'unattended stimulation',
    ask: 'Who pays for this unattended stimulation?',
    hint: 'Check the patient’s plan and your contract. Medicare Advantage counts as another payer: ask the plan which code it wants.',
    answers: [
      { answer: 'Original Medicare', next: 'ask-biller' },
      { answer: 'UnitedHealthcare', next: 'bill-g0283-unitedhealthcare' },
      { answer: 'Another payer', next: 'bill-97014' },
    ],
  },
  'ask-attended-payer': {
    about: 'attended stimulation',
    ask: 'Who pays for this attended stimulation?',
    hint: 'Check the patient’s plan and your contract. Medicare Advantage counts as another payer: ask the plan which code it wants.',
    answers: [
      { answer: 'Original Medicare', next: 'ask-attended-biller' },
      { answer: 'UnitedHealthcare', next: 'bill-97032-unitedhealthcare' },
      { answer: 'Another payer', next: 'bill-97032' },
    ],
  },
  'ask-wound-payer': {
    about: 'wound treatment',
    ask: 'Who pays for the wound treatment?',
    hint: 'Check coverage before the first session.',
    answers: [
      { answer: 'Original Medicare', next: 'ask-wound-biller' },
      { answer: 'UnitedHealthcare', next: 'bill-wound-ask' },
      { answer: 'Another payer', next: 'bill-wound-ask' },
    ],
  },
  'ask-biller': {
    about: 'unattended stimulation',
    ask: 'Who bills Medicare for the unattended stimulation?',
    hint: 'Original Medicare pays a chiropractor only for manual manipulation of the spine.',
    answers: [
      { answer: 'A therapy practice, under a therapy plan of care', next: 'bill-g0283-medicare' },
      { answer: 'A chiropractor', next: 'bill-medicare-chiropractor' },
    ],
  },
  'ask-attended-biller': {
    about: 'attended stimulation',
    ask: 'Who bills Medicare for the attended stimulation?',
    hint: 'Original Medicare pays a chiropractor only for manual manipulation of the spine.',
    answers: [
      { answer: 'A therapy practice, under a therapy plan of care', next: 'bill-97032-medicare' },
      { answer: 'A chiropractor', next: 'bill-medicare-chiropractor' },
    ],
  },
  'ask-wound-biller': {
    about: 'wound treatment',
    ask: 'Who bills Medicare for the wound treatment?',
    hint: 'Original Medicare pays a chiropractor only for manual manipulation of the spine.',
    answers: [
      { answer: 'A therapy practice, under a therapy plan of care', next: 'bill-g0281-medicare' },
      { answer: 'A chiropractor', next: 'bill-medicare-chiropractor' },
    ],
  },
} as const satisfies Record<string, Question>

export const outcomes = {
  'bill-97014': {
    answers: 'unattended stimulation, another payer',
    code: '97014, unless the plan wants G0283',
    units: 'One unit per visit',
    reason:
      'This is unattended stimulation, not for a wound, and that is what 97014 is for. Many payers accept it. Some want G0283 instead, so check the plan and the contract.',
    cite: ['mpa', 'undeny'],
  },
  'bill-g0283-unitedhealthcare': {
    answers: 'unattended stimulation, UnitedHealthcare',
    code: 'G0283 with GP',
    units: 'One unit per visit',
    reason:
      'UnitedHealthcare has required G0283 in place of 97014 since January 2007, and the GP modifier since 2020.',
    cite: ['nysca', 'mpa'],
  },
  'bill-g0283-medicare': {
    answers: 'unattended stimulation, Original Medicare',
    code: 'G0283 with GP',
    units: 'One unit per visit',
    reason:
      'Medicare does not recognize 97014. G0283 is its code for unattended, non-wound stimulation under a therapy plan of care. GP shows a physical-therapy plan; an occupational-therapy plan takes GO. Above the yearly threshold, add KX.',
    cite: ['codingahead', 'medicarepayment', 'helpdesk'],
  },
  'bill-97032': {
    answers: 'attended stimulation, another payer',
    code: '97032',
    units: 'Timed. By Medicare’s count, 8 to 22 minutes is 1 unit and 23 to 37 is 2; check this payer’s rule',
    reason:
      'Attended one to one, and timed. The note should show what the clinician did that the device could not: find a motor point, teach, or work on an activity.',
    cite: ['fcso', 'findacode'],
  },
  'bill-97032-unitedhealthcare': {
    answers: 'attended stimulation, UnitedHealthcare',
    code: '97032 with GP',
    units: 'Timed. By Medicare’s count, 8 to 22 minutes is 1 unit and 23 to 37 is 2; check this payer’s rule',
    reason:
      'Attended one to one, and timed. UnitedHealthcare has required the GP modifier since 2020. The note should show what the clinician did throughout.',
    cite: ['fcso', 'findacode', 'nysca'],
  },
  'bill-97032-medicare': {
    answers: 'attended stimulation, Original Medicare',
    code: '97032 with GP',
    units: 'Timed: 8 to 22 minutes is 1 unit, 23 to 37 is 2',
    reason:
      'CGS, a Medicare contractor, says that most non-wound stimulation in therapy belongs under G0283, so the note must show why someone had to be there throughout. An occupational-therapy plan takes GO. Above the yearly threshold, add KX.',
    cite: ['fcso', 'findacode', 'codingahead'],
  },
  'bill-g0281-medicare': {
    answers: 'wound stimulation, Original Medicare',
    code: 'G0281',
    units: 'Only if Medicare covers this wound',
    reason:
      'G0281 and G0282 are the wound codes, and Medicare does not cover G0282. G0281 is covered only for certain wounds: read your contractor’s current coverage article before the first session.',
    cite: ['a53065', 'medicarepayment', 'helpdesk'],
  },
  'bill-wound-ask': {
    answers: 'wound stimulation, a payer other than Original Medicare',
    code: 'Ask the payer first',
    units: 'G0283 is not for wounds',
    reason:
      'G0281 and G0282 are Medicare’s wound codes. We have no confirmed rule for this payer: ask which code it wants, in writing, before the first session.',
    cite: ['medicarepayment', 'helpdesk'],
  },
  'bill-medicare-chiropractor': {
    answers: 'a chiropractor who bills Original Medicare',
    code: 'No code that Medicare pays',
    units: 'If a claim is submitted anyway: add GP and GY',
    reason:
      'Original Medicare pays a chiropractor for manual manipulation of the spine and nothing else, so the patient is responsible for the charge. Tell the patient the cost before the session.',
    cite: ['ngs', 'palmettochiro'],
  },
  'bill-nothing': {
    answers: 'attended stimulation of fewer than 8 minutes',
    code: 'No code',
    units: 'No unit on its own',
    reason:
      'By Medicare’s count, fewer than 8 minutes of a single timed code are not billed on their own. If you used other timed codes that day, total minutes decide the units, so check before you drop it. Record the minutes either way.',
    cite: ['fcso'],
  },
} as const satisfies Record<string, Outcome>

/** `about` distinguishes the questions that lead to the same place. */
type Question = {
  about: string
  ask: string
  hint: string
  answers: readonly { answer: string; next: string }[]
}
/** `answers` sums up the path, for a reader who opens the outcome's link directly. */
type Outcome = { answers: string; code: string; units: string; reason: string; cite: readonly string[] }
export type QuestionName = keyof typeof questions
export type OutcomeName = keyof typeof outcomes
