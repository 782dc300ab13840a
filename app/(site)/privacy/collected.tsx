import { type FieldKind, type FieldName, fieldNames, fieldOf } from '#lib/forms/fields'
import { fieldsOf, formNames, forms } from '#lib/forms/forms'
import { retention } from '#lib/placeholders/settings'

/** A list in a sentence: "phone number, role, and the EHR you use". */
const list = (parts: string[]) => new Intl.ListFormat('en').format(parts)

const isRequired = (name: FieldName) =>
  formNames.some((form) => fieldsOf(form).some((field) => field.name === name && field.required))

/** The fields that the forms ask for, as this page calls them. */
function collectedFields(fits: (kind: FieldKind, name: FieldName) => boolean): string[] {
  return fieldNames
    .filter((name) => formNames.some((form) => name in forms[form].fields) && fits(fieldOf(name).kind, name))
    .map((name) => fieldOf(name).collected)
}

const isContact = (kind: FieldKind) => kind !== 'text' && kind !== 'consent'
const always = collectedFields((kind, name) => isContact(kind) && isRequired(name))
const ifGiven = collectedFields((kind, name) => isContact(kind) && !isRequired(name))
const written = collectedFields((kind) => kind === 'text')
const agreed = collectedFields((kind) => kind === 'consent')

const rows = [
  [
    'Who you are',
    startUpper(
      [always.join(', '), ...(ifGiven.length > 0 ? [`if you give them, ${list(ifGiven)}`] : [])].join('; '),
    ),
    'To answer you, to open the demo, to set up a trial',
  ],
  ['What you write', startUpper(list([...written, 'the choices you make in a form'])), 'To answer you'],
  [
    'Consent',
    `Whether you agreed to ${list(agreed)}, in which words, when, and on which page`,
    'To prove what you agreed to, and what you did not',
  ],
  [
    'How you found us',
    'Campaign tags in the address, the page that linked to us, the first page you saw',
    'To learn which of our pages and emails are useful',
  ],
  [
    'Demo viewing',
    'How much of the demo video you watched and where you stopped; not sent if your browser sends Global Privacy Control or Do Not Track',
    'To resume the video and to know what may interest you',
  ],
  [
    'Technical data',
    'Your network address, kept in coded form for a short time; your time zone, when you confirm a trial; up to four cookies of our own',
    'To stop floods and abuse and to notice a form that was sent twice, to give dates by your clock, to keep what you typed while you correct it, and to recognize you on the next page',
  ],
] as const

function startUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function Collected() {
  return (
    <>
      <h2 id="collected">What we collect, and why</h2>
      <p>
        All of it comes from you and your browser; we buy no data. You only have to fill in the required
        fields.
      </p>
      <dl className="divide-y divide-line border-y border-line text-base">
        {rows.map(([category, what, purpose]) => (
          <div key={category} className="gap-6 py-4 sm:grid sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt>{category}</dt>
            <dd>
              {what}.<span className="mt-1 block text-muted">{purpose}.</span>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <strong>Do not enter patient information.</strong> Our forms are for practices. No field is meant for
        patient information.
      </p>
      <h2 id="retention">How long we keep it</h2>
      <p>
        We erase your requests automatically {retention()} after you last sent us a form, or when a trial that
        runs longer has ended. A form that is waiting for your corrections is erased within a day. If you
        unsubscribe, we keep your address on a short list, used only to stop automatic replies and reminders
        to it.
      </p>
      <h2 id="sharing">Not sold, not shared</h2>
      <p>
        We do not sell your personal information, and we do not share it for advertising across sites. It goes
        to our support team and to the companies that run our servers and email for us.
      </p>
      <p>
        No page here loads a script, pixel, or font from a third party, and our emails carry no tracking
        pixel. Only the demo video may come from another host, if we keep it on a video server. The cookies
        are our own. One keeps the form you are correcting for a day, one keeps a mistyped code or address for
        an hour, one remembers you on later pages for 90 days, and one opens the demo for 90 days if its form
        was sent twice. Your browser also remembers where you stopped the demo. None of these follows you to
        another site.
      </p>
      <h2 id="texts">Text messages</h2>
      <p>
        We text you only if you check the box. It is never pre-checked and never a condition of anything.
        Message and data rates may apply; reply STOP to opt out. A phone number is always optional.
      </p>
    </>
  )
}
