import { EnhancedForm } from '#ui/form/enhanced-form'
import { fixedSections, Section } from './section'

/** The demo form as a section of the article. */
export function DemoSection() {
  return (
    <div className="no-print rounded-card border border-line bg-surface p-5 sm:p-6">
      <Section of={fixedSections.demo}>
        <p className="mt-3 mb-6 text-muted">
          TrackStat’s weekly patients report shows each patient’s visit cadence, color-coded. Send the form
          and the demo opens right away.
        </p>
        <EnhancedForm form="demo" load="focus" />
      </Section>
    </div>
  )
}
