import { FILM_DAY, FILM_SECONDS, scenes } from '#lib/demo/scenes'
import { absolute, type Thing } from '#lib/schema-org'

/**
 * What the page says of the film: https://schema.org/VideoObject, with all that Google requires of one (name,
 * thumbnail, day). No `contentUrl`: the file is for those who filled out the form, and a crawler that was
 * sent there would find a redirect.
 */
export function filmData(): Thing {
  return {
    '@type': 'VideoObject',
    '@id': absolute('/demo#film'),
    name: scenes[0]?.title,
    description: 'How TrackStat works alongside a chiropractic practice’s EHR, illustrated with sample data.',
    thumbnailUrl: absolute('/demo/poster.jpg'),
    // A day alone has no zone, which Google asks for.
    uploadDate: `${FILM_DAY}T00:00:00Z`,
    duration: `PT${FILM_SECONDS}S`,
    inLanguage: 'en-US',
    isFamilyFriendly: true,
    requiresSubscription: false,
    url: absolute('/demo'),
    publisher: { '@id': absolute('/#organization') },
  }
}
