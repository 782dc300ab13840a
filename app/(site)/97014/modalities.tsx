import { Section } from './section'

export function Modalities() {
  return (
    <Section id="modalities">
      <p>
        Three kinds of service share a treatment room, and the difference between them is attention. CPT® code
        97014 belongs to the first kind:
      </p>
      <ol>
        <li>
          <strong>Modalities that run under supervision:</strong> packs, mechanical traction, unattended
          stimulation. The device does the work; one unit at most.
        </li>
        <li>
          <strong>Modalities that need someone there:</strong> ultrasound, attended stimulation. Timed,
          because a clinician’s minutes are what is reported.
        </li>
        <li>
          <strong>Therapeutic exercise and other active procedures:</strong> exercise, neuromuscular
          re-education, manual therapy, therapeutic activities. Timed too, and where a plan of care makes its
          progress.
        </li>
      </ol>
      <h3>How stimulation sits beside exercise</h3>
      <p>
        Think of stimulation as something that prepares or settles, and of exercise as what changes capacity.
        A patient whose back is too sore to hinge may tolerate the movement after a session of current;
        another may want it afterwards, when tissue that has worked begins to complain. Either order can be
        defended if the note says why. A visit of nothing but current, week after week, is hard to defend in
        any order.
      </p>
      <p>
        On the claim the two stay apart. Exercise is counted in minutes of one-to-one work under 97110 or its
        relatives. Stimulation is one unit, and its minutes never fill up a timed one. If a patient exercises
        while current runs and a clinician works with that patient throughout, that is another service: see
        attended stimulation above.
      </p>
      <p>
        Progress also shows in the mix. Early visits may hold more passive care; later ones should hold less,
        until the patient’s own program at home has taken over. An office that can see each patient’s run of
        visits at a glance notices when the mix has stopped changing.
      </p>
    </Section>
  )
}
