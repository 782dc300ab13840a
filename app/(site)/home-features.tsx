const features = [
  {
    name: 'Weekly patients report',
    text: 'Every patient’s visit cadence, color-coded: who keeps to the plan and who has stopped coming.',
  },
  {
    name: 'Custom reports',
    text: 'New patients, conversion, reactivation and collections.',
  },
  {
    name: 'Campaigns',
    text: 'Text and e-mail, sent in one blast or as a drip over time.',
  },
  {
    name: 'Appointment reminders',
    text: 'Before each visit, so that what was planned takes place.',
  },
  {
    name: 'Two-way inbox',
    text: 'What you write and what patients answer, in one place.',
  },
  {
    name: 'Online scheduling',
    text: 'Patients choose a time that is free.',
  },
  {
    name: 'Mobile app',
    text: 'For when you are not at the front desk.',
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
      <h2 id="features">What is in it</h2>
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
