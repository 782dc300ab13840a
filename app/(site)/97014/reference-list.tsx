import { numberOf, type Reference, referenceNames, references } from './references'
import { Section } from './section'

export function ReferenceList() {
  return (
    <div className="prose text-base [&>section>h2]:mt-0">
      <Section id="references">
        <p>
          Codes and payer rules change. Where a source is a commercial guide, confirm what it says with the
          payer or with CMS before you act on it. Sources without a link were read as stored copies.
        </p>
        <ol>
          {referenceNames.map((name) => (
            <li key={name} id={`ref-${numberOf(name)}`} className="scroll-mt-6 target:bg-accent-soft">
              <Entry {...references[name]} />
            </li>
          ))}
        </ol>
      </Section>
    </div>
  )
}

function Entry({ by, title, where, href }: Reference) {
  return (
    <>
      {by}.{' '}
      {href ? (
        <a href={href} rel="external noopener">
          {title}
        </a>
      ) : (
        <cite>{title}</cite>
      )}
      . {where}.
    </>
  )
}
