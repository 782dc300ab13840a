import { site } from '#lib/site'
import { socialCard } from '#ui/social-card/card'

export { contentType, size } from '#ui/social-card/card'
export const alt = `${site.name}: ${site.summary}`
const [summary = ''] = site.summary.split(':', 1)
export default () => socialCard(summary, 'Engagement, retention, full schedules.')
