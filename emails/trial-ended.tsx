import { reminder } from '#emails/trial-reminder'

/** To a lead whose trial has ended. */
export const trialEnded = reminder({
  subject: 'Your TrackStat trial has ended',
  text: (endsAt) =>
    `Your trial ended on ${endsAt}. You won’t be charged, and there’s nothing you need to do.`,
  offer: 'Want to keep TrackStat? Reply or call, and we’ll pick up where you left off.',
  running: false,
})
