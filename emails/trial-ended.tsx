import type { Template } from '#emails/template'
import {
  ReminderMail,
  reminderExample,
  reminderText,
  type TrialReminderProps,
  type Wording,
} from '#emails/trial-reminder'

const wording: Wording = {
  subject: 'Your TrackStat trial has ended',
  text: (until) => `Your trial ended on ${until}. You won’t be charged, and there’s nothing you need to do.`,
  offer: 'Want to keep TrackStat? Reply or call, and we’ll pick up where you left off.',
  next: 'To become a customer, reply to this email.',
}

/** To a lead whose trial has ended. */
export const trialEnded: Template<TrialReminderProps> = {
  subject: () => wording.subject,
  Html: (props) => <ReminderMail wording={wording} props={props} />,
  text: (props) => reminderText({ wording, props }),
  example: reminderExample,
}
