import type { Metadata } from 'next'
import { site } from '#lib/site'
import { Button, ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'

export const metadata: Metadata = {
  title: 'Unsubscribe',
  robots: { index: false },
  referrer: 'same-origin',
}

type Props = { searchParams: Promise<{ token?: string | string[]; done?: string | string[] }> }

/** GET changes nothing, because mail scanners open every link. The POST unsubscribes (RFC 8058). */
export default async function UnsubscribePage({ searchParams }: Props) {
  const { token, done } = await searchParams
  return (
    <Columns>{done ? <Done /> : typeof token === 'string' ? <Ask token={token} /> : <Unknown />}</Columns>
  )
}

function Ask({ token }: { token: string }) {
  return (
    <>
      <PageHead title="Unsubscribe">
        Press the button to stop automatic replies and trial reminders from {site.name} to this address. We
        will still answer your questions, and email you about a trial you request.
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
        This address won’t get automatic replies or trial reminders anymore. We will still answer your
        questions.
      </PageHead>
      <ButtonLink kind="quiet" href="/">
        Go to the home page
      </ButtonLink>
    </>
  )
}

function Unknown() {
  return (
    <PageHead title="This link is incomplete">
      Copy the whole link from the email into your browser, or email{' '}
      <a href={`mailto:${site.email}?subject=Unsubscribe`} className="link">
        {site.email}
      </a>{' '}
      and we’ll take you off the list.
    </PageHead>
  )
}
