import { socialCard } from '#ui/social-card/card'

export { contentType, size } from '#ui/social-card/card'
export const alt = 'TrackStat: Terms of the trial'
export default () =>
  socialCard('Terms of the trial', 'What you and we can expect from each other, in plain words.')
