import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // What is built is checked; a fault in a test is `npm run check`'s to find, and must not keep the site from starting.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // A body that is compressed on the way costs the one core that answers forms; a proxy does it better.
  compress: true,
  productionBrowserSourceMaps: false,
  // No page has an image to optimize; `server/routes.ts` closes the optimizer's address, too.
  images: { unoptimized: true },
}

export default config
