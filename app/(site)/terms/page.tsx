import type { Metadata } from 'next'
import { site } from '#lib/site'
import { SampleNote } from '#ui/article-sample-note'
import { PageHead } from '#ui/columns'

export const metadata: Metadata = {
  title: 'Terms of the trial',
  description: 'What you and TrackStat can expect from each other during a free trial, in plain words.',
  alternates: { canonical: '/terms' },
}

export default function TermsPage() {
  return (
    <>
      <PageHead title="Terms of the trial">
        <p>What you and we can expect from each other during a free trial.</p>
      </PageHead>
      <div className="prose">
        <SampleNote />
        <Start />
        <Conduct />
        <End />
      </div>
    </>
  )
}

function Start() {
  return (
    <>
      <h2>How it starts, how long it runs, and what it costs</h2>
      <p>
        You request a trial with the form. We send you a mail; when you confirm with the button behind its
        link, the trial starts. The page that you then see and the mail that follows give the first and the
        last day.
      </p>
      <p>
        The trial is free. The form asks for no means of payment. When the trial ends it ends: nothing turns
        into a paid contract unless you agree to one separately.
      </p>
      <h2>Who may use it</h2>
      <p>
        The trial is for practices and the people who work in them. Whoever requests it for a practice is
        allowed to act for it. One trial for each practice.
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
        where HIPAA asks for one.
      </p>
      <h2>Fair use</h2>
      <p>
        Use the trial to find out whether {site.name} suits your practice. Do not resell it, try to break into
        it, or use it to send messages to people who have not agreed to them.
      </p>
      <h2>As it is</h2>
      <p>
        During a trial we provide the service as it is and may change it. You decide about care and about
        claims: reports and reminders are aids, and neither medical nor billing advice.
      </p>
    </>
  )
}

function End() {
  return (
    <>
      <h2>Ending it early</h2>
      <p>
        You may stop at any time and need not say why: write to{' '}
        <a href={`mailto:${site.email}`}>{site.email}</a> or call{' '}
        <a href={site.phoneHref} className="whitespace-nowrap">
          {site.phone}
        </a>
        . We may end a trial that breaks these terms, and will tell you the reason.
      </p>
      <h2>Your data</h2>
      <p>
        What we hold about you and for how long is on the page on <a href="/privacy">privacy</a>.
      </p>
    </>
  )
}
