import { ScreenFrame } from '#ui/screens/frame'

const reminders = [
  { patient: 'Patient 1041', visit: 'Tue 9:30 AM', channel: 'Text message', state: 'Sent' },
  { patient: 'Patient 1130', visit: 'Tue 10:15 AM', channel: 'Email', state: 'Sent' },
  { patient: 'Patient 1087', visit: 'Wed 2:00 PM', channel: 'Text message', state: 'Tomorrow' },
  { patient: 'Patient 1102', visit: 'Thu 10:15 AM', channel: 'Text message', state: 'In two days' },
]

/** Appointment reminders: the visit, the channel, and whether it was sent. */
export function RemindersScreen() {
  return (
    <ScreenFrame title="Appointment reminders">
      <ul className="divide-y divide-line">
        {reminders.map(({ patient, visit, channel, state }) => (
          <li key={patient} className="flex items-center gap-4 py-3 first:pt-0 last:pb-0">
            <Clock sent={state === 'Sent'} />
            <div className="min-w-0 flex-1">
              <p className="font-semibold">{visit}</p>
              <p className="text-sm text-muted">
                {patient}, {channel.toLowerCase()}
              </p>
            </div>
            <p className={`text-sm ${state === 'Sent' ? 'font-semibold text-accent' : 'text-muted'}`}>
              {state}
            </p>
          </li>
        ))}
      </ul>
    </ScreenFrame>
  )
}

function Clock({ sent }: { sent: boolean }) {
  return (
    <svg
      viewBox="0 0 32 32"
      width="32"
      height="32"
      aria-hidden="true"
      className="size-8 shrink-0"
      fill="none"
      stroke="currentColor"
    >
      <circle
        cx="16"
        cy="16"
        r="13"
        className={sent ? 'fill-accent stroke-none' : 'fill-sunken stroke-control'}
      />
      <path
        d={sent ? 'M10 16.5l4.2 4.2L22.5 12' : 'M16 9v7.5l5 3'}
        className={sent ? 'stroke-on-accent' : 'stroke-muted'}
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
