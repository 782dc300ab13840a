/**
 * JavaScript, because Next loads its compiler (25 MB of memory) into the running site to read a TypeScript one.
 * @type {import('next').NextConfig}
 */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types. Here they would need the compiler wherever the site is started.
  typescript: { ignoreBuildErrors: true },
  // A body that is compressed on the way costs the one core that answers forms; a proxy does it better.
  compress: true,
  productionBrowserSourceMaps: false,
  // No page has an image to optimize; `server/routes.ts` closes the optimizer's address, too.
  images: { unoptimized: true },
}

export default config
