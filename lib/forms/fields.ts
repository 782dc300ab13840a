/**
 * Every field of every form, declared once. The page draws from it, the schema is derived from it,
 * the API description repeats it. It is plain data, so that a page can show a form before the
 * validation library has been loaded.
 *
 * Limits are counted in UTF-16 code units, as `maxlength` in HTML counts them.
 */
export type FieldKind = 'line' | 'email' | 'phone' | 'choice' | 'text' | 'consent'

export type Field = {
  kind: FieldKind
  label: string
  hint?: string
  max: number
  /** Said when a required field is empty. */
  missing: string
  /** WCAG 1.3.5: a token of HTML's autofill list. */
  autocomplete?: string
  inputMode?: 'email' | 'tel'
  options?: readonly string[]
}

export const fields = {
  name: {
    kind: 'line',
    label: 'Your name',
    max: 100,
    missing: 'Enter your name.',
    autocomplete: 'name',
  },
  email: {
    kind: 'email',
    label: 'Email address',
    hint: 'We’ll reply to this address.',
    max: 254,
    missing: 'Enter your email address.',
    autocomplete: 'email',
    inputMode: 'email',
  },
  company: {
    kind: 'line',
    label: 'Practice name',
    max: 120,
    missing: 'Enter the name of your practice.',
    autocomplete: 'organization',
  },
  phone: {
    kind: 'phone',
    label: 'Phone',
    hint: 'Any format is fine. We call only about this request.',
    max: 40,
    missing: 'Enter your phone number.',
    autocomplete: 'tel',
    inputMode: 'tel',
  },
  role: {
    kind: 'line',
    label: 'Your role',
    max: 80,
    missing: 'Enter your role.',
    autocomplete: 'organization-title',
  },
  ehr: {
    kind: 'choice',
    label: 'Which EHR do you use?',
    max: 80,
    missing: 'Choose your EHR.',
    options: ['ChiroTouch', 'ClinicMind', 'Jane', 'WebPT', 'Other', 'None yet'],
  },
  message: {
    kind: 'text',
    label: 'Your message',
    hint: 'Do not enter patient information.',
    max: 2000,
    missing: 'Tell us how we can help.',
  },
  texts: {
    kind: 'consent',
    label:
      'TrackStat may text me about this request. Message and data rates may apply. Reply STOP to opt out.',
    max: 5,
    missing: 'Check the box to continue.',
  },
  terms: {
    kind: 'consent',
    label: 'I accept the terms of the trial.',
    max: 5,
    missing: 'Accept the terms to start a trial.',
  },
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields

/** The same declaration with its kind widened, for code that treats all fields alike. */
export function fieldOf(name: FieldName): Field {
  return fields[name]
}
