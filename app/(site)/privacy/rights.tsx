import { site } from '#lib/site'

export function Rights() {
  return (
    <>
      <h2 id="rights">Your rights</h2>
      <p>
        You may ask what we hold about you and have it corrected, sent to you, or erased. In California you
        may also limit the use of sensitive information (we ask for none). We won’t treat you differently for
        asking, and someone you authorize may ask for you.
      </p>
      <h3>Visitors from the European Union and the European Economic Area</h3>
      <p>
        We use what you send because you asked us to do something with it, and we text you because you
        consented. You have the rights of access, rectification, erasure, restriction, portability, and
        objection, and you may complain to your supervisory authority. Consent is as easy to withdraw as to
        give: reply STOP, use the link in an email, or write to us. Withdrawing consent does not affect what
        was done before.
      </p>
      <h2 id="ask">How to ask</h2>
      <p>
        Email <a href={`mailto:${site.email}`}>{site.email}</a> or call{' '}
        <a href={site.phoneHref} className="link whitespace-nowrap">
          {site.phone}
        </a>
        . Include your reference number if you have it (it starts with TS-). We may ask you to reply from the
        address the request came from, so nobody else can read or erase your data.
      </p>
    </>
  )
}
