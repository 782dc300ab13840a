import { Cite } from './cite'
import { Section } from './section'

export function PatientImpact() {
  return (
    <Section id="patient">
      <p>
        To the patient, CPT® code 97014 is a tingling under two or four pads and some minutes alone in a room.
        What happens around it decides how that feels. Say what the current will feel like and that it should
        never hurt. Show how to stop it or to call someone. Say what it is for, and that the exercise which
        follows matters more. Ask afterwards, and write the answer down.
      </p>
      <p>
        Money is part of the impact. Tell patients before the first session whether their plan covers it. And
        do not pass on what may not be passed on: Medicare never pays packs (97010) separately, and the
        patient cannot be billed for them either.
        <Cite of={['palmetto']} />
      </p>
      <h3>Safety: whom to ask twice</h3>
      <p>The usual cautions for electrical stimulation are:</p>
      <ul className="list-disc pl-[1.4em] sm:columns-2 [&>li]:break-inside-avoid [&>li]:pb-1">
        <li>a pacemaker, an implanted defibrillator (ICD) or another implant</li>
        <li>the carotid sinus or the front of the neck, the head, the eyes, the chest</li>
        <li>malignancy</li>
        <li>pregnancy, over the trunk or pelvis</li>
        <li>deep-vein thrombosis</li>
        <li>epilepsy</li>
        <li>broken or infected skin</li>
        <li>impaired sensation or cognition</li>
        <li>bleeding</li>
      </ul>
      <p>
        Lists differ between sources, and so does the line between “never” and “with care”. The reference that
        gives its reasons is Houghton and colleagues in Physiotherapy Canada.
        <Cite of={['houghton']} />
      </p>
      <p>
        <strong>This article is information for offices and not medical advice.</strong> Whether stimulation
        is right for a person is decided by the clinician who examines that person.
      </p>
    </Section>
  )
}
