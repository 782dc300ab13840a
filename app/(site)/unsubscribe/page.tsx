import type { Metadata } from 'next'
import { site } from '#lib/site'
import { Button, ButtonLink } from '#ui/button'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'

export const metadata: Metadata = {
  title: 'Unsubscribe',
  robots: { index: false },
  referrer: 'same-origin',
}

type Props = { searchParams: Promise<{ token?: string | string[]; done?: string | string[] }> }

/** Changes nothing by being opened: mail scanners open every link. The POST does (RFC 8058). */
export default async function UnsubscribePage({ searchParams }: Props) {
  const { token, done } = await searchParams
  return (
    <Columns aside={<ContactCard />}>
      {done ? <Done /> : typeof token === 'string' ? <Ask token={token} /> : <Unknown />}
    </Columns>
  )
}

function Ask({ token }: { token: string }) {
  return (
    <>
      <PageHead title="Unsubscribe">
        <p>
          Press the button, and this address gets no more reminders or news from {site.name}. What you ask us
          is still answered.
        </p>
      </PageHead>
      <form method="post" action="/unsubscribe">
        <input type="hidden" name="token" value={token} />
        <Button type="submit">Unsubscribe</Button>
      </form>
    </>
  )
}

function Done() {
  return (
    <>
      <PageHead title="You are unsubscribed">
        <p>This address gets no more reminders or news from us. What you ask us is still answered.</p>
      </PageHead>
      <ButtonLink kind="quiet" href="/">
        Go to the start page
      </ButtonLink>
    </>
  )
}

function Unknown() {
  return (
    <PageHead title="This link is not complete">
      <p>
        Copy the whole link from the mail into the address bar, or write to{' '}
        <a href={`mailto:${site.email}?subject=Unsubscribe`} className="link">
          {site.email}
        </a>
        : a person takes you off the list.
      </p>
    </PageHead>
  )
}
