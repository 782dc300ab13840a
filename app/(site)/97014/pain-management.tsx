import { Cite } from './cite'
import { Section } from './section'

export function PainManagement() {
  return (
    <Section id="pain">
      <p>
        Pain is the usual reason to reach for CPT® code 97014. The evidence is large and uneven. Most of it
        concerns TENS and interferential current. It does not tell one office’s settings from another’s, so
        read it as a guide to expectations.
      </p>
      <h3>TENS</h3>
      <p>
        The meta-TENS study pooled what had been published: 381 randomized trials with 24,532 people. During
        or just after treatment, pain was lower than with placebo, by a standardized mean difference of −0.96
        (95 % confidence interval −1.14 to −0.78), with moderate certainty. Against other treatments that
        belong to standard care the difference was −0.72, with low certainty. Harms were mild, and poorly
        reported.
        <Cite of={['metaTens']} /> A minus sign means less pain. What the figures do not say is how long the
        relief lasts once the pads are off.
      </p>
      <p>
        An appraisal of 169 reviews of TENS shows how unsettled the field remains: 69 lean towards a benefit,
        13 towards none, and 87 come to no conclusion.
        <Cite of={['reviews169']} />
      </p>
      <h3>Interferential current</h3>
      <p>
        A review of 35 trials found it better than placebo for musculoskeletal pain, and found that it adds
        nothing significant when standard treatment is given anyway.
        <Cite of={['hussein']} /> An earlier one came to a kinder view of the combination: not better alone,
        better as an adjunct.
        <Cite of={['fuentes']} /> The two do not agree on what the current adds to other treatment; neither
        shows that it can stand in for it.
      </p>
      <h3>Where Medicare draws a line</h3>
      <p>
        Since June 2012 Medicare has not found TENS reasonable and necessary for chronic low back pain outside
        approved trials.
        <Cite of={['nca256']} /> For such a patient the better visit is usually the one with more movement in
        it.
      </p>
    </Section>
  )
}
