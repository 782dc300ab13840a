import {
  type BuiltRoute,
  hasServerActions,
  isHydrated,
  readBody,
  readBuiltRoutes,
  readHtml,
  readPrerendered,
} from '#server/build-output'
import { findElements } from '#server/elements'
import { KNOWN_TRIAL, POSTS } from '#server/request-guard'
import { createRoutes, type FindRoute, toRoute } from '#server/routes'
import { ERROR_PAGES, isKept } from '#server/static-pages'

/** The end of every placeholder for a setting (`lib/placeholders`). They are replaced only in pages. */
const PLACEHOLDER = '.invalid'

/** Contradictions between the build and `server/`, one sentence each; empty if the build can be served. */
export function findBuildFaults(): string[] {
  const routes = readBuiltRoutes()
  const prerendered = readPrerendered(routes)
  const findRoute = createRoutes(routes.map(toRoute))
  return [
    ...findRouteFaults(routes),
    ...Object.values(ERROR_PAGES)
      .filter((page) => !prerendered.some(({ path }) => path === page))
      .map((page) => `${page} is not prerendered, but replaces error responses.`),
    ...(hasServerActions() ? ['There are Server Actions, which server/request-guard.ts refuses.'] : []),
    ...prerendered.flatMap(({ path, route, revalidated }) => {
      if (route.kind === 'handler')
        return readBody(path).includes(PLACEHOLDER)
          ? [`${path} is prerendered and names a setting, which is known only at start.`]
          : []
      const html = readHtml(path)
      return [
        ...(revalidated ? ['would be revalidated by Next, but is served from memory.'] : []),
        ...findFormFaults(html, findRoute),
        ...(isHydrated(route) ? [] : findScripts(html)),
      ].map((fault) => `${path} ${fault}`)
    }),
  ]
}

/** Compares the paths that are listed in `server/` with the routes of the build. */
function findRouteFaults(routes: BuiltRoute[]): string[] {
  const kindOf = (path: string) => routes.find((route) => route.path === path)?.kind
  const lists = [...POSTS].filter(([page, to]) => kindOf(page) !== 'page' || kindOf(to) !== 'handler')
  return [
    ...lists.map(([page, to]) => `A POST at ${page} goes to ${to}; one of the two is not in the build.`),
    ...(kindOf(KNOWN_TRIAL) === 'page' ? [] : [`${KNOWN_TRIAL} is not a page of the build.`]),
    ...(routes.some((route) => toRoute(route).polls)
      ? []
      : ['No page polls: server/routes.ts names another component.']),
    ...routes
      .filter(({ path }) => path.includes('[...') || path.includes('[[...'))
      .map(({ path }) => `${path} takes any number of segments, which server/routes.ts does not find.`),
  ]
}

/** Forms that post to an address where the server accepts no POST. */
export function findFormFaults(html: string, findRoute: FindRoute): string[] {
  return findElements(html, 'form')
    .map(({ attributes }) => attributes)
    .filter(({ method, action = '' }) => method === 'post' && !POSTS.has(action))
    .filter(({ action = '' }) => !action.startsWith('/api/') || findRoute(action)?.kind !== 'handler')
    .map(({ action }) => `has a form for ${action}, where no POST is accepted.`)
}

/** React's bootstrap script, and Next's data and timing scripts. A page without client components does not need them. */
const START_ID = '_R_'
const NEXT_SCRIPT = /^(?:\(?self\.__next_f|requestAnimationFrame\(function\(\)\{\$RT=)/

/**
 * What would break in a page when its scripts are removed: inline scripts, including React's for streamed parts, and
 * attributes that run script.
 */
export function findScripts(html: string): string[] {
  const scripts = findElements(html, 'script')
    .filter((element) => !isKept(element) && !element.attributes.src?.startsWith('/_next/static/'))
    .filter(({ attributes, body }) => attributes.id !== START_ID && !NEXT_SCRIPT.test(body))
    .map(({ tag, body }) => `has a script, but no client component: ${tag}${body.slice(0, 60)}`)
  const attributes = findElements(html, '*').flatMap(({ attributes }) =>
    Object.entries(attributes)
      .filter(
        ([name, value]) => name.startsWith('on') || value.trim().toLowerCase().startsWith('javascript:'),
      )
      .map(
        ([name, value]) => `has an attribute that runs script, but no client component: ${name}="${value}"`,
      ),
  )
  return [...scripts, ...attributes]
}
