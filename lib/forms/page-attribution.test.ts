import { expect, test } from 'vitest'
import { attributionOf } from '#lib/forms/page-attribution'

const page = 'https://trackstat.example/demo'

test('the campaign in the address, and the site that referred', () => {
  expect(
    attributionOf(`${page}?utm_source=news&gclid=abc&other=1`, 'https://search.example/?q=97014'),
  ).toEqual({
    utm_source: 'news',
    gclid: 'abc',
    referrer: 'https://search.example/?q=97014',
    landing_page: '/demo',
  })
})

test('the campaign of the page before, where that is one of ours', () => {
  expect(attributionOf(page, 'https://trackstat.example/97014?utm_source=news')).toEqual({
    utm_source: 'news',
    landing_page: '/97014',
  })
})

test('one campaign, not a mixture of two', () => {
  expect(attributionOf(`${page}?utm_medium=mail`, 'https://trackstat.example/97014?utm_source=news')).toEqual(
    {
      utm_medium: 'mail',
      landing_page: '/97014',
    },
  )
})

test('nothing but the page where nothing is known; nothing longer than is kept', () => {
  expect(attributionOf(page, '')).toEqual({ landing_page: '/demo' })
  expect(attributionOf(page, 'about:client')).toMatchObject({ landing_page: '/demo' })
  expect(attributionOf(`${page}?utm_term=${'x'.repeat(900)}`, '').utm_term).toHaveLength(200)
})

test('an address cannot claim a referrer or a landing page', () => {
  expect(attributionOf(`${page}?referrer=https://evil.example&landing_page=/x`, '')).toEqual({
    landing_page: '/demo',
  })
})
