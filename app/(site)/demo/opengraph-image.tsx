import { socialCard } from '#ui/social-card/card'

export { contentType, size } from '#ui/social-card/card'
export const alt = 'TrackStat: Watch the demo'
export default () => socialCard('Watch the demo', 'Fill out a short form and the demo opens right away.')
