import type { Template } from '#emails/template'
import {
  ReminderLetter,
  reminderExample,
  reminderText,
  type TrialReminderProps,
  type Wording,
} from '#emails/trial-reminder'

const wording: Wording = {
  subject: 'Your TrackStat trial has ended',
  says: (until) =>
    `Your trial ended on ${until}. Nothing is charged, and there is nothing left for you to do.`,
  offer: 'Want to keep TrackStat? Reply to this mail or call, and we take it up where you left it.',
}

/** At the end. */
export const trialEnded: Template<TrialReminderProps> = {
  subject: () => wording.subject,
  Html: (props) => <ReminderLetter wording={wording} props={props} />,
  text: (props) => reminderText({ wording, props }),
  example: reminderExample,
}
