import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The build checks the types of what it builds. An error in a test must not stop the site from starting: `npm run check`
  // finds it.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // For pages rendered per request. Prerendered ones are compressed once at start (`server/static-pages.ts`).
  compress: true,
  productionBrowserSourceMaps: false,
  // No page uses the image optimizer; `server/routes.ts` also closes its path.
  images: { unoptimized: true },
}

export default config
