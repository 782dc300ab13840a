import type { MetadataRoute } from 'next'
import { site } from '#lib/site'

/** The web app manifest (W3C). The drawing keeps within the safe zone of a maskable icon: 40 % of the width. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: site.name,
    short_name: site.name,
    description: site.summary,
    start_url: '/',
    display: 'browser',
    background_color: '#fbfbf8',
    theme_color: '#0b5f52',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}
