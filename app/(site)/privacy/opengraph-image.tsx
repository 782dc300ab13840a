import { socialCard } from '#ui/social-card/card'

export { contentType, size } from '#ui/social-card/card'
export const alt = 'TrackStat: Privacy and notice at collection'
export default () =>
  socialCard(
    'Privacy and notice at collection',
    'What we collect, why, and how long we keep it. Nothing is sold or shared.',
  )
