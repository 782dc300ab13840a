import { Section } from './section'

export function TradeOffs() {
  return (
    <Section id="trade-offs">
      <p>
        The attraction of CPT® code 97014 is plain: while it runs it asks little of the staff and little of
        the patient. Each advantage has its price.
      </p>
      <ul>
        <li>
          <strong>Time freed, attention owed.</strong> Nobody stays with the patient, so screening beforehand
          and a way to call for help have to be dependable.
        </li>
        <li>
          <strong>Comfort now, capacity later.</strong> Relief during the visit is real for many. A plan that
          stops there leaves the reason for the pain where it was.
        </li>
        <li>
          <strong>A simple code, many rule books.</strong> One unit is easy. Knowing which payer wants which
          code is not.
        </li>
      </ul>
      <h3>Payers differ</h3>
      <p>
        UnitedHealthcare has required G0283 since January 2007 and the GP modifier since 2020. Others accept
        97014. Medicare accepts G0283 alone, under a therapy plan of care. Verify each payer and contract,
        write the answer into the billing system, and look again when a contract renews.
      </p>
      <h3>Chiropractors and Medicare</h3>
      <p>
        Original Medicare pays a chiropractor for manual manipulation of the spine and for nothing else, so it
        does not pay a DC for G0283. Where a claim is submitted all the same, it carries GP and GY.
      </p>
      <h3>Common faults</h3>
      <ul>
        <li>97014 sent to Medicare, or G0283 to a payer that wants 97014</li>
        <li>two units for two areas, or for thirty minutes</li>
        <li>97032 for a session that was only watched</li>
        <li>minutes of stimulation added to those of exercise</li>
        <li>the same sentence about stimulation in every note</li>
      </ul>
    </Section>
  )
}
