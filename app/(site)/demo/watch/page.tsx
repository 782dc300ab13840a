import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { currentCookie, currentVisit } from '#app/api/visit'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { readFilm } from '#lib/demo/film'
import { readWatcher } from '#lib/demo/may-watch'
import { FILM_SECONDS } from '#lib/demo/scenes'
import { readResume } from '#lib/demo/view'
import { ownPath } from '#lib/guard/own-path'
import { readVisitor, type Visitor } from '#lib/leads/visitor'
import { isAnonymousPass, isExpiredPass, PASS_DAYS, readPass, WATCH_COOKIE } from '#lib/leads/watch-pass'
import { readMailPromise } from '#lib/mail/promise'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { KeepTypedScript } from '#ui/form/keep-typed-script'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { Notice } from '#ui/layout/notice'
import { MailPromiseNotice } from '../../mail-promise'
import { DemoScenes } from './demo-scenes'
import { Player } from './player'
import { Transcript } from './transcript'

export const metadata: Metadata = {
  title: 'The demo',
  description: 'A short video of TrackStat, with the main screens in text below.',
  robots: { index: false },
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function WatchPage({ searchParams }: Props) {
  const { pass: passParameter } = await searchParams
  // A repeated parameter arrives as an array; our links never repeat one.
  const linked = typeof passParameter === 'string' && readPass(passParameter) ? passParameter : undefined
  const pass = linked ?? (await currentCookie(WATCH_COOKIE))
  const visit = await currentVisit()
  const watcher = await readWatcher(visit, pass)
  if (!watcher && !isAnonymousPass(pass)) {
    if (typeof passParameter === 'string' && isExpiredPass(passParameter)) return <Expired />
    // After the form without a cookie, `/demo` would show it again, empty, as if nothing had been sent.
    if (await cameFromOurPages()) return <WithoutCookie />
    redirect('/demo')
  }
  const visitor = await readVisitor(visit?.demo)
  const { demoVideoUrl } = readConfig()
  // A visitor with the cookie needs no pass in the URLs.
  const passInUrls = visitor ? undefined : pass
  const { transcript, ...film } = await readFilm(demoVideoUrl, passInUrls)
  return (
    <div className="space-y-12">
      <div className="space-y-6">
        <WatchHead reference={visitor?.reference} sample={!demoVideoUrl} />
        {visitor?.form === 'demo' && (
          <MailPromiseNotice
            promise={await readMailPromise(database(), visitor.submissionId)}
            mail="demo-thanks"
            to={visitor.email}
            reference={visitor.reference}
          />
        )}
        {visitor?.suggestion && <AddressNotice email={visitor.email} suggestion={visitor.suggestion} />}
        <Player
          film={film}
          sample={!demoVideoUrl}
          pass={passInUrls}
          resume={watcher && (await readResume(database(), watcher, film.id))}
        />
        {transcript.length > 0 && <Transcript passages={transcript} />}
      </div>
      <NextStep known={visitor !== undefined} />
      <DemoScenes />
    </div>
  )
}

/** Whether the browser followed a form or a link of this site. It names the site, or at least says that it is the same. */
async function cameFromOurPages(): Promise<boolean> {
  const given = await headers()
  const referrer = ownPath(given.get('referer'), readConfig().appUrl)
  return given.get('sec-fetch-site') === 'same-origin' || referrer !== undefined
}

/** The form shows all its fields: the script that folds them runs only on prerendered pages. */
function Expired() {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title="This link has expired">
        The link in our email opens the demo for {PASS_DAYS} days. Fill out this form, and the demo opens on
        the next page.
      </PageHead>
      <KeepTypedScript />
      <EnhancedForm form="demo" values={{}} />
    </Columns>
  )
}

/** True whether the form was sent or not: without a cookie we can't know. */
function WithoutCookie() {
  return (
    <Columns aside={<ContactCard />}>
      <PageHead title="Open the demo from our email">
        If you filled out the form, we have it: there is no need to send it again. This browser didn’t keep
        the cookie that opens the demo here, so use the link in the email that answers your form. It opens the
        demo in any browser.
      </PageHead>
      <p className="mb-6 max-w-prose">
        No email after a few minutes? Check your spam folder, then call or email us. If you haven’t filled out
        the form yet, do that first.
      </p>
      <ButtonLink href="/demo" kind="quiet">
        Go to the form
      </ButtonLink>
    </Columns>
  )
}

function WatchHead({ reference, sample }: { reference?: string; sample: boolean }) {
  return (
    <div>
      <h1>The demo</h1>
      <p className="mt-4 max-w-prose text-lg text-muted">
        {sample
          ? `Five short scenes in a ${FILM_SECONDS}-second silent video, with the same content in text below. The screens are illustrations with sample data.`
          : 'Watch the video, then look through the five illustrated screens below. The screens use sample data.'}
      </p>
      <p className="mt-2 flex flex-wrap items-center gap-x-6">
        {reference && (
          <span>
            Your reference number: <strong className="slashed-zero">{reference}</strong>
          </span>
        )}
        <a href="/trial" className="link inline-flex min-h-11 items-center">
          Request a free trial
        </a>
      </p>
    </div>
  )
}

function AddressNotice({ email, suggestion }: Pick<Visitor, 'email'> & { suggestion: string }) {
  return (
    <Notice title={`Did you mean ${suggestion}?`}>
      <p>
        You entered {email}. If that is wrong,{' '}
        <a href="/demo?again" className="link">
          send the form again
        </a>{' '}
        with the right address.
      </p>
    </Notice>
  )
}

function NextStep({ known }: { known: boolean }) {
  return (
    <section aria-labelledby="next" className="rounded-card bg-accent-soft p-6 sm:p-10">
      <h2 id="next">See it with your own patients</h2>
      <p className="mt-3 max-w-prose">
        {known
          ? 'Your answers are already filled in. Check them, send the form, and confirm by email.'
          : 'Fill out the form, then confirm by email.'}
      </p>
      <ButtonLink href="/trial" className="mt-6">
        Request a free trial
      </ButtonLink>
    </section>
  )
}
