import { type FieldName, fieldOf } from '#lib/forms/fields'

/**
 * The forms: their fields, which of them are required, and their wording. Validation, storage, support's notice and the
 * API description are derived from it; a form's page is a file in `app/(site)`.
 */
type Need = 'required' | 'optional'

type FormDeclaration = {
  title: string
  /** The name of a submission in mails. */
  noun: string
  /** The person's activity in the lead's timeline. */
  activity: string
  /** The page that holds the form, and the one that follows it. */
  page: `/${string}`
  next: `/${string}`
  /** The kind of mail that acknowledges it to the person; without one only support gets a mail. */
  acknowledgement?: string
  /** Every form requires the email address, which identifies a lead. */
  fields: Partial<Record<FieldName, Need>> & { email: 'required' }
  /** The page folds the optional fields, for a form that looks short. */
  foldsOptional?: true
  submit: string
  sending: string
}

export const forms = {
  demo: {
    title: 'Watch the demo',
    noun: 'Demo request',
    activity: 'Asked for the demo',
    page: '/demo',
    next: '/demo/watch',
    acknowledgement: 'demo-thanks',
    fields: {
      name: 'required',
      email: 'required',
      company: 'required',
      phone: 'optional',
      role: 'optional',
      ehr: 'optional',
      message: 'optional',
      texts: 'optional',
    },
    foldsOptional: true,
    submit: 'Watch the demo',
    sending: 'Opening the demo…',
  },
  trial: {
    title: 'Request a free trial',
    noun: 'Trial request',
    activity: 'Asked for a trial',
    page: '/trial',
    next: '/trial/check-email',
    acknowledgement: 'trial-confirm',
    fields: {
      name: 'required',
      email: 'required',
      company: 'required',
      phone: 'optional',
      role: 'optional',
      ehr: 'optional',
      texts: 'optional',
      terms: 'required',
    },
    foldsOptional: true,
    submit: 'Request my free trial',
    sending: 'Sending your request…',
  },
  inquiry: {
    title: 'Send us a message',
    noun: 'Inquiry',
    activity: 'Wrote an inquiry',
    page: '/contact',
    next: '/contact/sent',
    acknowledgement: 'inquiry-received',
    fields: {
      name: 'required',
      email: 'required',
      company: 'optional',
      phone: 'optional',
      message: 'required',
      texts: 'optional',
    },
    submit: 'Send message',
    sending: 'Sending your message…',
  },
} as const satisfies Record<string, FormDeclaration>

export type FormName = keyof typeof forms
export const formNames = Object.keys(forms) as FormName[]

export function isFormName(name: string): name is FormName {
  return Object.hasOwn(forms, name)
}

/** Where the page shows a field of a form that folds its optional ones. */
type Place = 'first' | 'folded' | 'last'
type FormField = { name: FieldName; required: boolean; place: Place }

const places: Place[] = ['first', 'folded', 'last']

/** The fields of a form in the order of the page. */
export function fieldsOf(form: FormName): readonly FormField[] {
  return pageFields[form]
}

function inPageOrder(form: FormName): FormField[] {
  const { foldsOptional }: FormDeclaration = forms[form]
  return Object.entries(forms[form].fields)
    .map(([key, need]) => {
      const name = key as FieldName
      const required = need === 'required'
      const rest = required && fieldOf(name).kind !== 'consent' ? 'first' : required ? 'last' : 'folded'
      return { name, required, place: foldsOptional ? rest : 'first' } satisfies FormField
    })
    .sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place))
}

/** Made once, because a request asks for the fields many times. */
const pageFields = Object.fromEntries(formNames.map((form) => [form, inPageOrder(form)])) as Record<
  FormName,
  FormField[]
>

/** The version of the consent wording, stored with each consent. */
export const CONSENT_VERSION = '2026-11-24'

/** Attribution, sent with every form in hidden fields. */
export const attributionNames = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'gclid',
  'referrer',
  'landing_page',
] as const
export type Attribution = Partial<Record<(typeof attributionNames)[number], string>>

/** Hidden in every form and empty unless a bot fills it in. */
export const HONEYPOT = 'website'
export const KEY_FIELD = 'submission_key'
