/**
 * Every field of every form, declared once. Page, validation, storage, API description, support's notice, prefill and
 * privacy page are derived from it. Plain data, so that a page can render a form before the validation library is loaded.
 * Limits are in UTF-16 code units, like HTML's `maxlength`.
 */
export type FieldKind = 'line' | 'email' | 'phone' | 'choice' | 'text' | 'consent'

export type FieldDeclaration = {
  kind: FieldKind
  /** On the form. For a consent, the exact wording that is agreed to. */
  label: string
  /** In support's notice: one or two words. */
  short: string
  /** On the privacy page, within "if you give them: …". */
  collected: string
  hint?: string
  max: number
  /** The error message for an empty required field. */
  missing: string
  /** WCAG 1.3.5: a token of HTML's autofill list. */
  autocomplete?: string
  inputMode?: 'email' | 'tel' | 'numeric'
  options?: readonly string[]
  /** The part of the label that is a link. */
  link?: { text: string; href: string }
  /** Identifies the person: shown at the top of support's notice and in its subject. */
  identifies?: boolean
  /**
   * The lead has the latest answer in a column of this name, which needs a migration. All answers are also in
   * `submissions.fields` (JSON), which needs none.
   */
  column?: boolean
}

export const fields = {
  name: {
    kind: 'line',
    label: 'Your name',
    short: 'Name',
    collected: 'name',
    max: 100,
    missing: 'Enter your name.',
    autocomplete: 'name',
    identifies: true,
    column: true,
  },
  email: {
    kind: 'email',
    label: 'Email address',
    short: 'Email',
    collected: 'email address',
    hint: 'We’ll reply to this address.',
    max: 254,
    missing: 'Enter your email address.',
    autocomplete: 'email',
    inputMode: 'email',
  },
  company: {
    kind: 'line',
    label: 'Practice name',
    short: 'Practice',
    collected: 'practice name',
    max: 120,
    missing: 'Enter the name of your practice.',
    autocomplete: 'organization',
    identifies: true,
    column: true,
  },
  phone: {
    kind: 'phone',
    label: 'Phone',
    short: 'Phone',
    collected: 'phone number',
    hint: 'Include the area code. We call only about this request.',
    max: 60,
    missing: 'Enter your phone number.',
    autocomplete: 'tel',
    inputMode: 'tel',
    column: true,
  },
  role: {
    kind: 'line',
    label: 'Your role',
    short: 'Role',
    collected: 'role',
    max: 80,
    missing: 'Enter your role.',
    autocomplete: 'organization-title',
    column: true,
  },
  ehr: {
    kind: 'choice',
    label: 'Which EHR do you use?',
    short: 'EHR',
    collected: 'the EHR you use',
    max: 80,
    missing: 'Choose your EHR.',
    options: ['ChiroTouch', 'ClinicMind', 'Jane', 'WebPT', 'Other', 'None yet'],
    column: true,
  },
  message: {
    kind: 'text',
    label: 'Your message',
    short: 'Message',
    collected: 'your message',
    hint: 'Do not enter patient information.',
    max: 2000,
    missing: 'Tell us how we can help.',
  },
  texts: {
    kind: 'consent',
    label:
      'TrackStat may text me about this request. Message and data rates may apply. Reply STOP to opt out.',
    short: 'Texts',
    collected: 'text messages',
    max: 5,
    missing: 'Check the box to continue.',
  },
  terms: {
    kind: 'consent',
    label: 'I accept the terms of the trial.',
    link: { text: 'terms of the trial', href: '/terms' },
    short: 'Terms',
    collected: 'the terms of a trial',
    max: 5,
    missing: 'Accept the terms to start a trial.',
  },
} as const satisfies Record<string, FieldDeclaration>

export type FieldName = keyof typeof fields
export const fieldNames = Object.keys(fields) as FieldName[]

/** The fields of a kind, or those with a property that is true: `FieldWith<{ column: true }>`. */
export type FieldWith<Property> = {
  [Name in FieldName]: (typeof fields)[Name] extends Property ? Name : never
}[FieldName]

/** A field's declaration with its general type, for code that handles all fields. */
export function fieldOf(name: FieldName): FieldDeclaration {
  return fields[name]
}

/** Whether the next form is prefilled with it (WCAG 2.2, 3.3.7). Messages and consents are given anew each time. */
export function isPrefilled(name: FieldName): boolean {
  const { kind } = fieldOf(name)
  return kind !== 'text' && kind !== 'consent'
}
