import { publicOrigin } from '#lib/placeholders/settings'
import { site } from '#lib/site'

/** A schema.org object. */
export type Thing = { '@type': string | string[]; [property: string]: unknown }

/** The absolute URL of a path of this site. */
export function absolute(path: string): string {
  return `${publicOrigin()}${path}`
}

/** The company, with the same `@id` on every page. */
export function organization(): Thing {
  return {
    '@type': 'Organization',
    '@id': absolute('/#organization'),
    name: site.name,
    url: absolute('/'),
    logo: absolute('/icon.svg'),
    description: site.summary,
    email: site.email,
    telephone: site.phoneE164,
    address: {
      '@type': 'PostalAddress',
      addressLocality: site.locality,
      addressRegion: site.region,
      postalCode: site.postalCode,
      addressCountry: site.country,
    },
    contactPoint: {
      '@type': 'ContactPoint',
      contactType: 'customer support',
      email: site.email,
      telephone: site.phoneE164,
      url: absolute('/contact'),
      availableLanguage: 'en',
    },
  }
}

/** Breadcrumbs from the home page to this page. */
export function breadcrumbs(...steps: { name: string; path: string }[]): Thing {
  const all = [{ name: site.name, path: '/' }, ...steps]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: all.map(({ name, path }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name,
      item: absolute(path),
    })),
  }
}
