import type { Metadata } from 'next'
import { site } from '#lib/site'
import { PageHead } from '#ui/layout/columns'

export const metadata: Metadata = {
  title: 'Terms of the trial',
  description: 'What you and TrackStat can expect from each other during a free trial, in plain words.',
  alternates: { canonical: '/terms' },
}

export default function TermsPage() {
  return (
    <div className="max-w-2xl">
      <PageHead title="Terms of the trial">
        What you and we can expect from each other during a free trial.
      </PageHead>
      <div className="prose">
        <Start />
        <Conduct />
        <End />
      </div>
    </div>
  )
}

function Start() {
  return (
    <>
      <h2>How it starts, how long it runs, and what it costs</h2>
      <p>
        Request a trial with the form. It starts when you confirm it with our email: press the button on the
        page that its link opens, or type its code. Its days count from the time you can sign in. The next
        page shows the dates.
      </p>
      <p>
        The trial is free and we ask for no payment details. It simply ends: it never becomes a paid contract
        unless you agree to one separately.
      </p>
      <h2>Who may use it</h2>
      <p>
        The trial is for practices and the people who work in them. If you request one for a practice, you
        confirm you may act for it. One trial starts automatically for each email address; for another, ask
        us.
      </p>
    </>
  )
}

function Conduct() {
  return (
    <>
      <h2>Patient information</h2>
      <p>
        Do not enter patient information into the forms of this site. Before any patient data is connected to{' '}
        {site.name}, you and we agree in writing on how it is protected, with a business associate agreement
        where HIPAA requires one.
      </p>
      <h2>Fair use</h2>
      <p>
        Use the trial to find out whether {site.name} suits your practice. Do not resell it, try to break into
        it, or use it to send messages to people who have not agreed to them.
      </p>
      <h2>As is</h2>
      <p>
        During a trial the service is provided as is and may change. Decisions about care and claims are
        yours: reports and reminders are aids, not medical or billing advice.
      </p>
    </>
  )
}

function End() {
  return (
    <>
      <h2>Ending it early</h2>
      <p>
        You can stop at any time, for any reason: email <a href={`mailto:${site.email}`}>{site.email}</a> or
        call{' '}
        <a href={site.phoneHref} className="link whitespace-nowrap">
          {site.phone}
        </a>
        . We may end a trial that breaks these terms, and will tell you the reason.
      </p>
      <h2>Your data</h2>
      <p>
        Our <a href="/privacy">privacy page</a> says what we hold about you and for how long.
      </p>
    </>
  )
}
