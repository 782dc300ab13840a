/** What a trial's days do until the person can sign in. */
export function waitSentence(days: number): string {
  return `The time you wait is added to your trial: you get the full ${dayCount(days)} from when you can sign in, and we’ll email you the new end date.`
}

export function dayCount(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

/** For a person whose account the product is still making. */
export const PREPARING = 'Your account is being prepared. We’ll email your sign-in link when it is ready.'

/** For a person who can sign in, where we have no link: support told them how. */
export const READY_WITHOUT_LINK =
  'Your access is set up. If you don’t have what you need to sign in, reply or call.'
