import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // What is built is checked; a fault in a test is `npm run check`'s to find, and must not keep the site from starting.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // A body that is compressed on the way costs the one core that answers forms; a proxy does it better.
  compress: true,
  productionBrowserSourceMaps: false,
  async rewrites() {
    return {
      // A visitor we know gets the trial form filled in; everybody else the prerendered page.
      beforeFiles: [
        { source: '/trial', has: [{ type: 'cookie', key: 'ts_visitor' }], destination: '/trial/known' },
        {
          source: '/trial',
          has: [{ type: 'cookie', key: '__Host-ts_visitor' }],
          destination: '/trial/known',
        },
      ],
      afterFiles: [],
      fallback: [],
    }
  },
}

export default config
