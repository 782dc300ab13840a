import type { Template } from '#emails/template'
import {
  ReminderLetter,
  reminderExample,
  reminderText,
  type TrialReminderProps,
  type Wording,
} from '#emails/trial-reminder'

const wording: Wording = {
  subject: 'Your TrackStat trial ends soon',
  says: (until) => `Your trial runs until ${until}. It ends on its own; nothing to cancel.`,
  offer: 'Want to keep TrackStat? Reply or call before then, and you can continue without a break.',
}

/** Three days and one day before the end. Names the date, as a number of days would be wrong in a late mail. */
export const trialEnding: Template<TrialReminderProps> = {
  subject: () => wording.subject,
  Html: (props) => <ReminderLetter wording={wording} props={props} />,
  text: (props) => reminderText({ wording, props }),
  example: reminderExample,
}
