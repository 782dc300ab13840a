import type { ReactNode } from 'react'
import { CustomReportsScreen } from '#ui/screens/custom-reports'
import { InboxScreen } from '#ui/screens/inbox'
import { RemindersScreen } from '#ui/screens/reminders'
import { SchedulingScreen } from '#ui/screens/scheduling'

type Group = { id: string; title: string; screen: ReactNode; features: { name: string; text: string }[] }

/** The fifth screen, the weekly patients report, stands at the top of the page. */
const groups: Group[] = [
  {
    id: 'see',
    title: 'See where things stand',
    screen: <CustomReportsScreen />,
    features: [
      {
        name: 'Weekly patients report',
        text: 'See each patient’s visit cadence, color-coded, and who has fallen behind.',
      },
      { name: 'Custom reports', text: 'Track new patients, conversion, reactivation, and collections.' },
    ],
  },
  {
    id: 'reach',
    title: 'Reach your patients',
    screen: <InboxScreen />,
    features: [
      { name: 'Campaigns', text: 'Send texts and emails as one-time blasts or drip campaigns.' },
      { name: 'Two-way inbox', text: 'Keep your messages and patients’ replies in one place.' },
    ],
  },
  {
    id: 'remind',
    title: 'Remind patients in time',
    screen: <RemindersScreen />,
    features: [{ name: 'Appointment reminders', text: 'Remind patients before each visit.' }],
  },
  {
    id: 'run',
    title: 'Run your day',
    screen: <SchedulingScreen />,
    features: [
      { name: 'Online scheduling', text: 'Let patients book an open time themselves.' },
      { name: 'Mobile app', text: 'Use TrackStat when you are away from the front desk.' },
      { name: 'Notes that sync', text: 'Sync notes with EHRs such as ChiroTouch and ClinicMind.' },
    ],
  },
]

/** The features that the product's help center documents, and no others, each group beside a drawn screen. */
export function Features() {
  return (
    <section aria-labelledby="features">
      <h2 id="features">What’s included</h2>
      <div className="mt-10 space-y-16 sm:space-y-24">
        {groups.map(({ id, title, screen, features }) => (
          <section
            key={id}
            aria-labelledby={id}
            className="group grid items-center gap-8 wide:grid-cols-2 wide:gap-16"
          >
            <div className="wide:group-even:order-last">
              <h3 id={id}>{title}</h3>
              <dl className="mt-4 max-w-prose space-y-4">
                {features.map(({ name, text }) => (
                  <div key={name}>
                    <dt className="font-semibold">{name}</dt>
                    <dd className="text-muted">{text}</dd>
                  </div>
                ))}
              </dl>
            </div>
            {screen}
          </section>
        ))}
      </div>
    </section>
  )
}
