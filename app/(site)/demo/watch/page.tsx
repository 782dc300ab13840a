import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { readConfig } from '#lib/config'
import { readVisitor, VISITOR_COOKIE, type Visitor } from '#lib/leads/visitor'
import { mayWatch } from '#lib/leads/watch-pass'
import { ButtonLink } from '#ui/button'
import { Notice } from '#ui/notice'
import { DemoScenes } from './demo-scenes'
import { DemoVideo } from './demo-video'

export const metadata: Metadata = {
  title: 'The demo',
  description: 'TrackStat in five scenes, each with its text.',
  robots: { index: false },
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function WatchPage({ searchParams }: Props) {
  const { pass } = await searchParams
  const visitor = await readVisitor((await cookies()).get(VISITOR_COOKIE)?.value)
  // Twice the same parameter arrives as a list; that is no link of ours.
  if (!visitor?.watch && !mayWatch(typeof pass === 'string' ? pass : undefined)) redirect('/demo')
  const { demoVideoUrl } = readConfig()
  return (
    <div className="space-y-12">
      <div className="space-y-6">
        <WatchHead reference={visitor?.reference} />
        {visitor?.suggestion && <AddressNotice email={visitor.email} suggestion={visitor.suggestion} />}
      </div>
      {demoVideoUrl && <DemoVideo src={demoVideoUrl} />}
      <DemoScenes />
      <NextStep known={visitor !== undefined} />
    </div>
  )
}

function WatchHead({ reference }: { reference?: string }) {
  return (
    <div>
      <h1>The demo</h1>
      <p className="mt-4 max-w-prose text-lg text-muted">
        TrackStat in five scenes. The screens are drawings with sample data; the text beside each says what it
        shows.
      </p>
      <p className="mt-2 flex flex-wrap items-center gap-x-6">
        {reference && (
          <span>
            Your reference: <strong>{reference}</strong>
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
        We wrote to {email}. If that is not your address,{' '}
        <a href="/demo" className="link">
          send the form again
        </a>{' '}
        with the right one.
      </p>
    </Notice>
  )
}

function NextStep({ known }: { known: boolean }) {
  return (
    <section aria-labelledby="next" className="rounded-card bg-accent-soft p-6 sm:p-10">
      <h2 id="next">See it with your own patients</h2>
      <p className="mt-3 max-w-prose">
        {known && 'The next page knows what you told us already. '}Read the form over, send it, and confirm by
        the link in our mail.
      </p>
      <ButtonLink href="/trial" className="mt-6">
        Request a free trial
      </ButtonLink>
    </section>
  )
}
