const facts = [
  ['What it is', 'Electrical stimulation that runs unattended, on one or more areas'],
  ['Units', 'One a visit, whatever the minutes or areas; no 8-minute rule'],
  ['Medicare', 'Not recognized. G0283 for stimulation that is not for a wound, in a therapy plan of care'],
  ['Other payers', 'Some want 97014, some G0283: verify each payer and contract'],
  ['Not the same', '97032, which is attended and timed'],
  ['Its place', 'An adjunct to exercise and other active care'],
] as const

/** The article in six lines, for those who came with one question. */
export function ArticleGlance() {
  return (
    <section aria-labelledby="glance" className="rounded-card bg-accent-soft p-5 sm:p-6">
      <h2 id="glance" className="text-xl">
        At a glance
      </h2>
      <dl className="mt-3 divide-y divide-line">
        {facts.map(([term, fact]) => (
          <div key={term} className="py-2.5 sm:grid sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-4">
            <dt className="font-semibold">{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
