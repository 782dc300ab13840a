/**
 * JavaScript, because Next loads its compiler (25 MB of memory) into the running site to read a TypeScript one.
 * @type {import('next').NextConfig}
 */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types. Here they would need the compiler wherever the site is started.
  typescript: { ignoreBuildErrors: true },
  // For pages rendered per request. Prerendered ones are compressed once at start (`server/static-pages.ts`).
  compress: true,
  productionBrowserSourceMaps: false,
  // No page uses the image optimizer; `server/routes.ts` also closes its path.
  images: { unoptimized: true },
  // A page waits for its title. Streamed metadata end up in the body, where nothing reads them without script.
  htmlLimitedBots: /.*/,
  // Most requests are answered without Next (`server/index.ts`), so it loads the code of a page on its first request.
  experimental: { preloadEntriesOnStart: false },
}

export default config
