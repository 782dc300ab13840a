import { reminder } from '#emails/trial-reminder'

/** Three days and one day before the end. Gives the date, because a number of days would be wrong in a late mail. */
export const trialEnding = reminder({
  subject: 'Your TrackStat trial ends soon',
  text: (endsAt) => `Your trial runs until ${endsAt}. It ends on its own; nothing to cancel.`,
  offer: 'Want to keep TrackStat? Reply or call before then, and you can continue without a break.',
  running: true,
})
