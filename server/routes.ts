import { globSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type BuiltRoute, readBuiltRoutes } from '#server/build-output'
import { isDemoMedia } from '#server/demo-media'

/** `handler`: a `route.ts`; `file`: sent unchanged. */
export type RouteKind = 'page' | 'handler' | 'file'

/** `polls`: the page refreshes its content with Next's page data (`RSC`). Others never request that. */
export type Route = { kind: RouteKind; polls?: boolean }

/** Finds the route of a path; undefined if the site has none. */
export type FindRoute = (path: string) => Route | undefined

/** In characters. The site's paths have fewer than 100. */
const MAX_PATH = 500
const STATIC = /^\/_next\/static(?:\/\w[\w.~-]*)+$/
const DYNAMIC = /^[a-z\d][\w-]*$/i

/** The client component that marks a page as polling. */
const POLL = '/app/_ui/layout/poll.tsx'

type PathRoute = Route & { path: string }

/** Reads the routes of the build, and the files in `public`. */
export function readRoutes(): FindRoute {
  const files = globSync('**/*', { cwd: 'public', withFileTypes: true }).filter((entry) => entry.isFile())
  return createRoutes([
    ...files.map(({ parentPath, name }) => ({ path: publicPath(parentPath, name), kind: 'file' as const })),
    ...readBuiltRoutes().map(toRoute),
  ])
}

function publicPath(folder: string, name: string): string {
  return `/${relative('public', join(folder, name)).split(sep).join('/')}`
}

export function toRoute({ path, kind, clientComponents }: BuiltRoute): PathRoute {
  return { path, kind, polls: clientComponents.some((name) => name.endsWith(POLL)) }
}

/**
 * Only known routes are found. That closes Next's own endpoints (image optimizer, page data, error pages), including those of
 * later versions. A dynamic segment consists of letters, digits, `_` and `-`, and starts with a letter or digit: Next treats
 * a suffix such as `.rsc` as page data, and starts its own paths with `_`.
 */
export function createRoutes(routes: PathRoute[]): FindRoute {
  // `/_not-found` and `/_global-error` are Next's error pages.
  const known = routes.filter(({ path }) => !path.startsWith('/_'))
  const exact = new Map(
    known.filter(({ path }) => !path.includes('[')).map(({ path, ...route }) => [path, route]),
  )
  const dynamic = known
    .filter(({ path }) => path.includes('['))
    .map(({ path, ...route }) => ({ segments: path.split('/'), route }))
  return (path) => {
    if (path.length > MAX_PATH) return undefined
    if (exact.has(path)) return exact.get(path)
    if (STATIC.test(path) || isDemoMedia(path)) return { kind: 'file' }
    const segments = path.split('/')
    return dynamic.find((one) => matches(one.segments, segments))?.route
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
