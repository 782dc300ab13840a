import { socialCard } from '#ui/social-card/card'

export { contentType, size } from '#ui/social-card/card'
export const alt = 'TrackStat: Request a free trial'
export default () =>
  socialCard(
    'Request a free trial',
    'It starts when you confirm your email and ends on its own. No payment details.',
  )
