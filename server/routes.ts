import { globSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { isDemoMedia } from '#server/demo-media'

/** A page is rendered, a handler is a `route.ts` of ours, a file is sent as it is. */
export type RouteKind = 'page' | 'handler' | 'file'

/** Finds what stands at a path; undefined where the site has nothing. */
export type FindRoute = (path: string) => RouteKind | undefined

/** In characters; ours have less than 100. */
const MOST_PATH = 500
const STATIC = /^\/_next\/static(?:\/\w[\w.~-]*)+$/
const DYNAMIC = /^[a-z\d][\w-]*$/i

type Route = { path: string; kind: RouteKind }

/** Reads the routes of the build, and the files in `public`. */
export function readRoutes(): FindRoute {
  const built: Record<string, string> = JSON.parse(
    readFileSync('.next/app-path-routes-manifest.json', 'utf8'),
  )
  const files = globSync('**/*', { cwd: 'public' }).filter((file) => extname(file))
  return createRoutes([
    ...files.map((file) => ({ path: `/${file}`, kind: 'file' as const })),
    ...Object.entries(built).map(([file, path]) => ({
      path,
      kind: file.endsWith('/page') ? ('page' as const) : ('handler' as const),
    })),
  ])
}

/**
 * Only what is known is found, so that Next's own endpoints (image optimizer, page data, error pages) are closed, and
 * those of a later version too. A dynamic segment takes letters, digits, `_` and `-` after a letter or digit: Next reads
 * a suffix such as `.rsc` as another form of the page, and names its own paths with `_`.
 */
export function createRoutes(routes: Route[]): FindRoute {
  // `/_not-found` and `/_global-error` are Next's error pages.
  const known = routes.filter(({ path }) => !path.startsWith('/_'))
  const exact = new Map(known.filter(({ path }) => !path.includes('[')).map(({ path, kind }) => [path, kind]))
  const dynamic = known
    .filter(({ path }) => path.includes('['))
    .map(({ path, kind }) => ({ segments: path.split('/'), kind }))
  return (path) => {
    if (path.length > MOST_PATH) return undefined
    if (exact.has(path)) return exact.get(path)
    if (STATIC.test(path) || isDemoMedia(path)) return 'file'
    const segments = path.split('/')
    return dynamic.find((route) => matches(route.segments, segments))?.kind
  }
}

function matches(route: string[], segments: string[]): boolean {
  return (
    route.length === segments.length &&
    route.every((part, at) =>
      part.startsWith('[') ? DYNAMIC.test(segments[at] ?? '') : part === segments[at],
    )
  )
}
