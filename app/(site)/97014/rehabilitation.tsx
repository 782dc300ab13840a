import { Cite } from './cite'
import { Section } from './section'

export function Rehabilitation() {
  return (
    <Section id="rehabilitation">
      <p>
        Rehabilitation is measured in what a person can do again: lift a child, sit through a working day,
        climb the stairs. CPT® code 97014 pays for none of that by itself. It pays for a quiet stretch in the
        visit in which current runs, and it earns its place where that stretch makes the active part of the
        visit possible or easier. Reviewers look at it in the same way: a passive modality is an adjunct to
        active care.
        <Cite of={['a53065']} />
      </p>
      <p>
        A plan of care therefore names stimulation together with what it is meant to serve. A note that
        withstands a review answers these questions:
      </p>
      <Documentation />
      <p>
        Medicare’s article A53065 puts a horizon on it: improvement is typically expected within 12 visits.
        <Cite of={['a53065']} /> That is no entitlement to twelve. If the third re-evaluation reads like the
        first, the plan should change, and the note should say how.
      </p>
      <Modifiers />
    </Section>
  )
}

function Documentation() {
  return (
    <ul>
      <li>
        <strong>Why:</strong> the diagnosis, and the reason for choosing stimulation
      </li>
      <li>
        <strong>Where:</strong> the area treated
      </li>
      <li>
        <strong>What:</strong> the type of current and its parameters
      </li>
      <li>
        <strong>How long:</strong> the duration. The unit is untimed, but the record is not
      </li>
      <li>
        <strong>With what result:</strong> the patient’s response on the day
      </li>
      <li>
        <strong>To what end:</strong> the goals, and how often the patient comes
      </li>
    </ul>
  )
}

function Modifiers() {
  return (
    <>
      <h3>Modifiers</h3>
      <ul>
        <li>
          <strong>GP</strong> marks a service under a physical-therapy plan of care.
        </li>
        <li>
          <strong>KX</strong> attests that care above the yearly threshold is necessary. A secondary source
          gives $2,480 for 2026, for physical therapy and speech-language pathology together, and $2,480 for
          occupational therapy; confirm the figures with CMS before relying on them.
        </li>
        <li>
          <strong>59</strong>, or <strong>XE, XS, XP, XU</strong>, claims a distinct service, and needs a note
          that shows what was distinct.
        </li>
      </ul>
      <p>
        Which pairs of codes are bundled changes every quarter. Look them up in the National Correct Coding
        Initiative files of CMS, rather than in an article, this one included.
        <Cite of={['ncci']} />
      </p>
    </>
  )
}
