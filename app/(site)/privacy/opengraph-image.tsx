import { socialCard } from '#ui/social-card'

export { contentType, size } from '#ui/social-card'
export const alt = 'TrackStat: Privacy and notice at collection'
export default () => socialCard('Privacy and notice at collection')
