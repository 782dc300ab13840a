import type { Metadata } from 'next'
import { database } from '#lib/db/connection'
import { findTrial, type Trial } from '#lib/trials/find'
import { countResends } from '#lib/trials/resend'
import { Button, ButtonLink } from '#ui/button'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { Reference } from '#ui/reference'
import { ResendForm } from '#ui/resend-form'
import { TimeZoneField } from '#ui/time-zone-field'
import { TrialPath } from '#ui/trial-path'
import { Account } from '../started/account'

// The address has the token in it: it must not travel on to wherever a visitor goes from here.
export const metadata: Metadata = {
  title: 'Confirm your trial',
  robots: { index: false },
  referrer: 'same-origin',
}

type Props = { searchParams: Promise<{ token?: string | string[] }> }

export default async function ConfirmPage({ searchParams }: Props) {
  const { token } = await searchParams
  const trial = typeof token === 'string' ? await findTrial(token) : undefined
  return (
    <Columns
      aside={
        <>
          {trial?.status === 'waiting' && <TrialPath trial={trial} />}
          <ContactCard />
        </>
      }
    >
      {trial && typeof token === 'string' ? <Known trial={trial} token={token} /> : <Unknown />}
    </Columns>
  )
}

function Known({ trial, token }: { trial: Trial; token: string }) {
  if (trial.status === 'confirmed') return <Confirmed trial={trial} />
  if (trial.status === 'cancelled') return <Cancelled />
  if (trial.status === 'expired') return <Expired trial={trial} token={token} />
  return (
    <>
      <PageHead title="Confirm your trial">
        <p>One click, and your free trial of {trial.days} days starts now.</p>
      </PageHead>
      <form method="post" action="/trial/confirm" className="mb-8">
        <input type="hidden" name="token" value={token} />
        <TimeZoneField />
        <Button type="submit">Start my trial</Button>
      </form>
      <Reference reference={trial.reference} />
    </>
  )
}

const CONFIRMED: Partial<Record<Trial['state'], string>> = {
  active: 'There is nothing more to do: your trial is running.',
  ending: 'There is nothing more to do: your trial is running, and ends soon.',
  expired: 'It has ended. If you want more time, call or write to us.',
  converted: 'You are a customer now. There is nothing more to do.',
  cancelled: 'It was cancelled since. If that is not what you wanted, call or write to us.',
}

function Confirmed({ trial }: { trial: Trial }) {
  return (
    <>
      <PageHead title="Your trial is already confirmed">
        <p>{CONFIRMED[trial.state]}</p>
      </PageHead>
      <div className="space-y-6">
        {/* Whoever has the link has the mailbox. */}
        <Account trial={trial} proved />
        <TrialPath trial={trial} />
        <Reference reference={trial.reference} />
      </div>
    </>
  )
}

function Cancelled() {
  return (
    <>
      <PageHead title="This request was withdrawn">
        <p>
          The trial was cancelled, or requested again with another address. Nothing starts from this link.
        </p>
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </>
  )
}

async function Expired({ trial, token }: { trial: Trial; token: string }) {
  const left = await countResends(database(), trial, { own: [] })
  return (
    <>
      <PageHead title="This link has run out">
        <p>Links work for a limited time, and only the one in the latest mail. Your request is still here.</p>
      </PageHead>
      <ResendForm token={token} kind="primary" left={left} />
    </>
  )
}

function Unknown() {
  return (
    <>
      <PageHead title="This link is not complete">
        <p>
          We know no trial by it. Mail programs sometimes break a long link in two: copy the whole of it from
          the mail into the address bar. Or request a trial anew.
        </p>
      </PageHead>
      <ButtonLink href="/trial">Request a free trial</ButtonLink>
    </>
  )
}
