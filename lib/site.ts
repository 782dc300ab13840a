/** The company's details, for pages, mails and the vCard. */
export const site = {
  name: 'TrackStat',
  phone: '(760) 334-5013',
  phoneE164: '+17603345013',
  phoneHref: 'tel:+17603345013',
  email: 'support@trackstat.org',
  place: 'La Quinta, CA 92253',
  locality: 'La Quinta',
  region: 'CA',
  postalCode: '92253',
  country: 'US',
  summary: 'EHR-integrated automation for chiropractic practices: engagement, retention, full schedules.',
} as const
