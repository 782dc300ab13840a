import { expect, test } from 'vitest'
import { attributionOf } from '#lib/forms/page-attribution'

const page = 'https://trackstat.example/demo'

test('the campaign in the URL, and the referring site', () => {
  expect(
    attributionOf(`${page}?utm_source=news&gclid=abc&other=1`, 'https://search.example/?q=97014'),
  ).toEqual({
    utm_source: 'news',
    gclid: 'abc',
    referrer: 'https://search.example/?q=97014',
    landing_page: '/demo',
  })
})

test('the campaign of the page before, if it is on this site', () => {
  expect(attributionOf(page, 'https://trackstat.example/97014?utm_source=news')).toEqual({
    utm_source: 'news',
    landing_page: '/97014',
  })
})

test('parameters of one campaign only', () => {
  expect(attributionOf(`${page}?utm_medium=mail`, 'https://trackstat.example/97014?utm_source=news')).toEqual(
    {
      utm_medium: 'mail',
      landing_page: '/97014',
    },
  )
})

test('only the landing page if nothing else is known; values are cut', () => {
  expect(attributionOf(page, '')).toEqual({ landing_page: '/demo' })
  expect(attributionOf(page, 'about:client')).toMatchObject({ landing_page: '/demo' })
  expect(attributionOf(`${page}?utm_term=${'x'.repeat(900)}`, '').utm_term).toHaveLength(200)
})

test('URL parameters can’t set the referrer or the landing page', () => {
  expect(attributionOf(`${page}?referrer=https://evil.example&landing_page=/x`, '')).toEqual({
    landing_page: '/demo',
  })
})
