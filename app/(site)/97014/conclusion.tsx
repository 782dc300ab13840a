import { Section } from './section'

export function Conclusion() {
  return (
    <Section id="conclusion">
      <p>
        CPT® code 97014 is narrower than its reputation: unattended electrical stimulation, one unit a visit,
        not for Medicare. It can make pain smaller for a while. Physical therapy, exercise above all, has to
        make use of that while.
      </p>
      <p>
        For an office, three habits carry most of the weight. Map the code to each payer before the claim goes
        out. Write notes that tie the current to a goal and a response. And keep sight of each patient’s run
        of visits, because a plan of care works only for those who come back for the next part of it.
      </p>
    </Section>
  )
}
