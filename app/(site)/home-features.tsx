const features = [
  {
    name: 'Weekly patients report',
    text: 'Every patient’s visit cadence, color-coded, so you see who has fallen behind.',
  },
  {
    name: 'Custom reports',
    text: 'Track new patients, conversion, reactivation and collections.',
  },
  {
    name: 'Campaigns',
    text: 'Texts and emails, as a one-time blast or a drip over time.',
  },
  {
    name: 'Appointment reminders',
    text: 'Sent before each visit.',
  },
  {
    name: 'Two-way inbox',
    text: 'Your messages and patients’ replies in one place.',
  },
  {
    name: 'Online scheduling',
    text: 'Patients book an open time themselves.',
  },
  {
    name: 'Mobile app',
    text: 'For when you are away from the front desk.',
  },
  {
    name: 'Notes that sync',
    text: 'With EHRs such as ChiroTouch and ClinicMind.',
  },
]

/** What the help centre names, and nothing that it does not. */
export function Features() {
  return (
    <section aria-labelledby="features">
      <h2 id="features">What’s included</h2>
      <dl className="mt-8 grid gap-x-10 gap-y-8 sm:grid-cols-2 wide:grid-cols-4">
        {features.map(({ name, text }) => (
          <div key={name} className="border-t border-line pt-4">
            <dt className="text-lg font-semibold">{name}</dt>
            <dd className="mt-1 text-muted">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
