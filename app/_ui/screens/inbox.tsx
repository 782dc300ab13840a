import { ScreenFrame } from '#ui/screens/frame'
import { Message } from '#ui/screens/message'

/** The two-way inbox: what the practice writes and what the patient answers, in one place. */
export function InboxScreen() {
  return (
    <ScreenFrame title="Inbox">
      <ol className="space-y-3">
        <Message from="practice" sender="Your practice" time="Mon 4:10 PM">
          We haven’t seen you in two weeks. Can we find a time for your next visit?
        </Message>
        <Message from="patient" sender="Patient 1112" time="Mon 4:32 PM">
          I was out of town. Is there anything on Thursday morning?
        </Message>
        <Message from="practice" sender="Your practice" time="Mon 4:35 PM">
          Thursday at 8:45 is open. I’ve booked it for you.
        </Message>
        <Message from="patient" sender="Patient 1112" time="Mon 4:36 PM">
          Perfect, thank you.
        </Message>
      </ol>
    </ScreenFrame>
  )
}
