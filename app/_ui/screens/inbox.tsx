import { ScreenFrame } from '#ui/screens/frame'

const messages = [
  { time: 'Mon 4:10 PM', text: 'We haven’t seen you in two weeks. Can we find a time for your next visit?' },
  { time: 'Mon 4:32 PM', text: 'I was out of town. Is there anything on Thursday morning?' },
  { time: 'Mon 4:35 PM', text: 'Thursday at 8:45 is open. I’ve booked it for you.' },
  { time: 'Mon 4:36 PM', text: 'Perfect, thank you.' },
]

const practice = { sender: 'Your practice', side: 'mr-auto rounded-bl-none bg-sunken' }
const patient = { sender: 'Patient 1112', side: 'ml-auto rounded-br-none bg-accent-soft' }

/** The two-way inbox: practice and patient take turns, the practice on the left, the patient on the right. */
export function InboxScreen() {
  return (
    <ScreenFrame title="Inbox">
      <ol className="space-y-3">
        {messages.map(({ time, text }, i) => {
          const { sender, side } = i % 2 ? patient : practice
          return (
            <li key={time} className={`max-w-[85%] rounded-card border border-line px-4 py-2.5 ${side}`}>
              <p className="text-sm text-muted">
                <span className="font-semibold text-ink">{sender}</span>,{' '}
                <span className="whitespace-nowrap">{time}</span>
              </p>
              <p>{text}</p>
            </li>
          )
        })}
      </ol>
    </ScreenFrame>
  )
}
