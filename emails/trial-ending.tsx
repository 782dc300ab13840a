import type { Template } from '#emails/template'
import {
  ReminderMail,
  reminderExample,
  reminderText,
  type TrialReminderProps,
  type Wording,
} from '#emails/trial-reminder'

const wording: Wording = {
  subject: 'Your TrackStat trial ends soon',
  text: (until) => `Your trial runs until ${until}. It ends on its own; nothing to cancel.`,
  offer: 'Want to keep TrackStat? Reply or call before then, and you can continue without a break.',
}

/** Three days and one day before the end. Gives the date, because a number of days would be wrong in a late mail. */
export const trialEnding: Template<TrialReminderProps> = {
  subject: () => wording.subject,
  Html: (props) => <ReminderMail wording={wording} props={props} />,
  text: (props) => reminderText({ wording, props }),
  example: reminderExample,
}
