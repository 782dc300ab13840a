import ICAL from 'ical.js'
import { site } from '#lib/site'
import { expect, test } from './stack/test.ts'

test('contact page: phone link, mail link, address, and a vCard', async ({ page, stack }) => {
  await page.goto('/97014')
  const card = page.getByRole('region', { name: 'Contact', exact: true })
  await expect(card.getByRole('link', { name: '(760) 334-5013' })).toHaveAttribute('href', 'tel:+17603345013')
  await expect(card.getByRole('link', { name: site.email })).toHaveAttribute('href', `mailto:${site.email}`)
  await expect(card).toContainText('La Quinta, CA 92253')
  const [, vcard] = await Promise.all([
    expect(card.getByRole('link', { name: /vCard/ })).toHaveAttribute('href', '/contact.vcf'),
    fetch(`${stack.url}/contact.vcf`).then((answer) => answer.text()),
  ])
  const parsed = new ICAL.Component(ICAL.parse(vcard))
  expect(parsed.getFirstPropertyValue('fn')).toBe('TrackStat')
  expect(String(parsed.getFirstPropertyValue('tel'))).toBe('+17603345013')
  expect(parsed.getFirstPropertyValue('email')).toBe(site.email)
  expect(parsed.getFirstPropertyValue('adr')).toEqual(['', '', '', 'La Quinta', 'CA', '92253', 'US'])
})
