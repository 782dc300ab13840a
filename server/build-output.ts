import { readFileSync } from 'node:fs'
import { readClientComponents } from '#server/client-components'
import { isIsland } from '#server/islands'

const BUILT = '.next/server/app'

/** A page or a handler (`route.ts`). `clientComponents`: those of the page that run in a browser, by file. */
export type BuiltRoute = { path: string; kind: 'page' | 'handler'; clientComponents: string[] }

/** A page or response that was rendered at build. `revalidated`: Next would render it again at intervals. */
export type Prerendered = { path: string; route: BuiltRoute; revalidated: boolean }

/** The routes of the build, with `[parameters]` in their paths; Next's own error pages start with `/_`. */
export function readBuiltRoutes(): BuiltRoute[] {
  const components = readClientComponents(BUILT)
  return Object.entries(readJson<Record<string, string>>('.next/app-path-routes-manifest.json')).map(
    ([file, path]) => ({
      path,
      kind: file.endsWith('/page') ? 'page' : 'handler',
      clientComponents: components.get(file) ?? [],
    }),
  )
}

/** The pages and handlers that were rendered at build, without Next's `/_global-error`. */
export function readPrerendered(routes: BuiltRoute[]): Prerendered[] {
  const { routes: entries } = readJson<PrerenderManifest>('.next/prerender-manifest.json')
  return Object.entries(entries).flatMap(([path, { srcRoute, initialRevalidateSeconds }]) => {
    const route = routes.find((one) => one.path === srcRoute)
    return route && path !== '/_global-error'
      ? [{ path, route, revalidated: initialRevalidateSeconds !== false }]
      : []
  })
}

/** Whether Next hydrates a page in the browser. Islands are hydrated without it. */
export function isHydrated({ clientComponents }: BuiltRoute): boolean {
  return clientComponents.some((component) => !isIsland(component))
}

type PrerenderManifest = {
  routes: Record<string, { srcRoute: string; initialRevalidateSeconds: number | false }>
}

/** The HTML of a prerendered page. */
export function readHtml(path: string): string {
  return readFileSync(`${BUILT}${path === '/' ? '/index' : path}.html`, 'utf8')
}

/** The body of a handler's prerendered response. */
export function readBody(path: string): string {
  return readFileSync(`${BUILT}${path}.body`, 'latin1')
}

/** Whether the build has Server Actions. */
export function hasServerActions(): boolean {
  const { node, edge } = readJson<{ node: object; edge: object }>(
    '.next/server/server-reference-manifest.json',
  )
  return Object.keys({ ...node, ...edge }).length > 0
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, 'utf8'))
}
