import { site } from '#lib/site'

export function Rights() {
  return (
    <>
      <h2 id="rights">Your rights</h2>
      <p>
        You may ask what we hold about you, and have it corrected, handed over or erased. In California you
        may also limit the use of sensitive information, of which we ask for none, and you will not be treated
        worse for asking. Somebody you authorize may ask for you.
      </p>
      <h3>Visitors from the European Union and the European Economic Area</h3>
      <p>
        We use what you send because you asked us to do something with it, and text messages because you
        consented. You have the rights of access, rectification, erasure, restriction, portability and
        objection, and you may complain to your supervisory authority. Consent is as easy to withdraw as to
        give: reply STOP, use the link in a mail, or write to us. What was done before remains lawful.
      </p>
      <h2 id="ask">How to ask</h2>
      <p>
        Write to <a href={`mailto:${site.email}`}>{site.email}</a> or call{' '}
        <a href={site.phoneHref} className="whitespace-nowrap">
          {site.phone}
        </a>
        . Tell us the reference of your request if you have it (it begins with TS-). We may ask you to answer
        from the address that the request came from, so that nobody else can read or erase your data.
      </p>
    </>
  )
}
