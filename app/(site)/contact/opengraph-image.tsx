import { site } from '#lib/site'
import { socialCard } from '#ui/social-card/card'

export { contentType, size } from '#ui/social-card/card'
export const alt = 'TrackStat: Contact'
export default () => socialCard('Contact', `Call ${site.phone}, email ${site.email}, or send us a message.`)
