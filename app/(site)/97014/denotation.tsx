import { Cite } from './cite'
import { NeighbourTable } from './neighbour-table'
import { Section } from './section'
import { UnitsTable } from './units-table'

export function Denotation() {
  return (
    <Section id="denotes">
      <p>
        In the CPT® code set, 97014 stands for one thing: electrical stimulation of one or more areas of the
        body while nobody has to stay at the patient’s side. A clinician chooses the current, places the pads,
        sets the intensity and makes sure that the patient is comfortable and can call for help. From then on
        the device runs under supervision, without one-to-one attendance.
        <Cite of={['undeny', 'pabau']} />
      </p>
      <p>
        The code is untimed. One unit covers the visit, be it ten minutes or thirty, one knee or both
        shoulders. The 8-minute rule does not apply to it.
        <Cite of={['undeny', 'pabau']} /> Some guides on the web list the code per 15 minutes; a claim built
        on that reports units that do not exist.
      </p>
      <p className="border-l-4 border-ochre pl-4 text-base">
        <strong>Correction.</strong> An earlier version of this article said that 97014 means “modalities and
        therapeutic exercises” in general. That was too wide. It names a single modality. Exercise has codes
        of its own, which are timed and need a clinician’s hands and eyes; stimulation stands beside it in a
        plan of care and never in its place.
      </p>
      <MedicareCode />
      <Attended />
      <h3>The codes around it</h3>
      <p>Most visits that include stimulation include something else as well. In plain words:</p>
      <NeighbourTable />
      <Units />
    </Section>
  )
}

function MedicareCode() {
  return (
    <>
      <h3>Medicare uses another code</h3>
      <p>
        Medicare has not recognized 97014 since 2003. For its patients, unattended stimulation that is not for
        a wound and belongs to a therapy plan of care is reported with the HCPCS code G0283, also as one
        untimed unit. Two neighbors look alike and are not: G0281 and G0282 are wound codes, and G0282 is not
        covered at all.
        <Cite of={['medicarePayment', 'helpdesk']} />
      </p>
    </>
  )
}

function Attended() {
  return (
    <>
      <h3>Attended stimulation is a different service</h3>
      <p>
        97032 is for stimulation that a clinician attends one-to-one throughout: looking for a motor point,
        teaching a patient to use a TENS unit at home, or stimulating a muscle while the patient performs an
        activity. It is timed, in units of 15 minutes. Watching that nothing goes wrong does not turn
        unattended stimulation into attended stimulation, and most non-wound stimulation in therapy belongs
        under G0283 for Medicare.
        <Cite of={['cgs', 'codingahead']} /> Interferential current has no code of its own: it goes under
        97014 or G0283, as the payer asks.
        <Cite of={['helpdesk']} />
      </p>
    </>
  )
}

function Units() {
  return (
    <>
      <h3>Minutes and units</h3>
      <p>
        The timed codes in the table follow the count below. Fewer than 8 minutes of a single timed code are
        not billed.
        <Cite of={['fcso']} />
      </p>
      <UnitsTable />
      <p>
        An example: 20 minutes of unattended stimulation, then 25 minutes of exercise. The exercise gives two
        units of 97110. The stimulation gives one unit of its own code, and its 20 minutes are added to
        nothing.
      </p>
    </>
  )
}
