import { absolute, type Thing } from '#app/_ui/layout/schema-org'
import { FILM_DAY, FILM_SECONDS, scenes } from '#lib/demo/scenes'

/**
 * The film as https://schema.org/VideoObject, with what Google requires (name, thumbnail, date). No `contentUrl`: a
 * crawler would be redirected, as the file is only for those who filled out the form.
 */
export function filmData(): Thing {
  return {
    '@type': 'VideoObject',
    '@id': absolute('/demo#film'),
    name: scenes[0]?.title,
    description: 'How TrackStat works alongside a chiropractic practice’s EHR, illustrated with sample data.',
    thumbnailUrl: absolute('/demo/poster.jpg'),
    // Google asks for a time zone, which a date alone does not have.
    uploadDate: `${FILM_DAY}T00:00:00Z`,
    duration: `PT${FILM_SECONDS}S`,
    inLanguage: 'en-US',
    isFamilyFriendly: true,
    requiresSubscription: false,
    url: absolute('/demo'),
    publisher: { '@id': absolute('/#organization') },
  }
}
