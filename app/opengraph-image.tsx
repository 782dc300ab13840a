import { site } from '#lib/site'
import { socialCard } from '#ui/social-card'

export { contentType, size } from '#ui/social-card'
export const alt = `${site.name}: ${site.summary}`
export default () => socialCard(site.summary.replace(/:.*$/, ''), 'Engagement, retention, full schedules.')
