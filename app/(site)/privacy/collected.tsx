const rows = [
  [
    'Who you are',
    'Name, e-mail address, practice; if you give them, telephone number, role, and the EHR you use',
    'To answer you, to open the demo, to set up a trial',
  ],
  ['What you write', 'Your message and the choices that you make in a form', 'To answer you'],
  [
    'Consent',
    'Whether you agreed to text messages and to the terms of a trial, in which words, when, and on which page',
    'To prove what you agreed to, and what you did not',
  ],
  [
    'How you came',
    'The campaign tags in the address, the page that linked to us, the first page that you saw',
    'To learn which of our pages and letters are useful',
  ],
  [
    'Technical data',
    'Your network address, counted for a short time; two cookies of our own',
    'To stop floods and abuse, to keep what you typed while you correct it, and to know you on the next page',
  ],
] as const

export function Collected() {
  return (
    <>
      <h2 id="collected">What we collect, and why</h2>
      <p>
        All of it comes from you and from your browser; we buy nothing from anybody. Only what a form marks as
        required has to be given.
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
        <strong>Do not enter patient information.</strong> Our forms are for practices, and no field of them
        is meant for anything about a patient.
      </p>
      <h2 id="retention">For how long</h2>
      <p>
        A request that is closed is erased automatically after a set time, 730 days unless the operator of
        this site has set another. What you typed into a form that you did not finish is gone after a day. If
        you ask us to stop writing, we keep your address on a short list whose only use is that we do not
        write to it again.
      </p>
      <h2 id="sharing">Not sold, not shared</h2>
      <p>
        We do not sell your personal information, and we do not share it for advertising across sites. It goes
        to our support, and to those who run our servers and carry our mail on our behalf.
      </p>
      <p>
        No page here loads a script, a pixel, a font or anything else from a third party. Our mails carry no
        tracking pixel. The cookies are our own: one keeps for a day the form that you are filling in, one
        lets the next page know for 90 days who you are. Neither follows you to another site.
      </p>
      <h2 id="texts">Text messages</h2>
      <p>
        We send text messages only if you ticked the box for them, which is never ticked for you and never a
        condition for anything. Message rates may apply. Reply STOP to end them; your telephone number is
        optional everywhere.
      </p>
    </>
  )
}
