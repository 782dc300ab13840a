import { globSync, readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'

type Manifests = Record<string, { clientModules: Record<string, unknown> }>

/**
 * The client components of each page of the build, by the page's file. A page without any needs no script: Next's build
 * refuses hooks and event handlers in server components.
 */
export function readClientComponents(built: string): Map<string, string[]> {
  const scope: { __RSC_MANIFEST?: Manifests } = {}
  const files = globSync('**/page_client-reference-manifest.js', { cwd: built })
  for (const file of files)
    runInNewContext(readFileSync(`${built}/${file}`, 'utf8'), Object.assign(scope, { globalThis: scope }))
  return withoutFramework(scope.__RSC_MANIFEST ?? {})
}

/** Removes Next's own components, which are in every page, and so in its error page. */
export function withoutFramework(manifests: Manifests): Map<string, string[]> {
  const framework = Object.keys(manifests['/_global-error/page']?.clientModules ?? {}).filter((name) =>
    name.includes('/node_modules/next/'),
  )
  return new Map(
    Object.entries(manifests).map(([page, { clientModules }]) => [
      page,
      Object.keys(clientModules).filter((name) => !framework.includes(name)),
    ]),
  )
}
