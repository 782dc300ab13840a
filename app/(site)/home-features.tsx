import type { ReactNode } from 'react'
import { ReachDrawing, RunDrawing, SeeDrawing } from './home-drawings'

type Group = { id: string; title: string; drawing: ReactNode; features: { name: string; text: string }[] }

const groups: Group[] = [
  {
    id: 'see',
    title: 'See where things stand',
    drawing: <SeeDrawing />,
    features: [
      {
        name: 'Weekly patients report',
        text: 'See each patient’s visit cadence, color-coded, and who has fallen behind.',
      },
      { name: 'Custom reports', text: 'Track new patients, conversion, reactivation and collections.' },
    ],
  },
  {
    id: 'reach',
    title: 'Reach your patients',
    drawing: <ReachDrawing />,
    features: [
      { name: 'Campaigns', text: 'Send texts and emails as a one-time blast or a drip over time.' },
      { name: 'Appointment reminders', text: 'Remind patients before each visit.' },
      { name: 'Two-way inbox', text: 'Keep your messages and patients’ replies in one place.' },
    ],
  },
  {
    id: 'run',
    title: 'Run your day',
    drawing: <RunDrawing />,
    features: [
      { name: 'Online scheduling', text: 'Let patients book an open time themselves.' },
      { name: 'Mobile app', text: 'Use TrackStat when you are away from the front desk.' },
      { name: 'Notes that sync', text: 'Sync notes with EHRs such as ChiroTouch and ClinicMind.' },
    ],
  },
]

/** On tablets the heading is beside its list, elsewhere above it. */
const groupClasses = 'sm:max-wide:grid sm:max-wide:grid-cols-[15rem_minmax(0,1fr)] sm:max-wide:gap-8'

/** The features that the product's help center documents, and no others, by purpose. */
export function Features() {
  return (
    <section aria-labelledby="features">
      <h2 id="features">What’s included</h2>
      <div className="mt-8 grid items-start gap-x-12 gap-y-12 wide:grid-cols-3">
        {groups.map(({ id, title, drawing, features }) => (
          <section key={id} aria-labelledby={id} className={groupClasses}>
            <div>
              {drawing}
              <h3 id={id} className="mt-4">
                {title}
              </h3>
            </div>
            <dl className="space-y-5 border-t border-line pt-4 max-sm:mt-4 wide:mt-4">
              {features.map(({ name, text }) => (
                <div key={name}>
                  <dt className="font-semibold">{name}</dt>
                  <dd className="text-muted">{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </section>
  )
}
