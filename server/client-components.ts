import { globSync, readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'

type Manifests = Record<string, { clientModules: Record<string, unknown> }>

/**
 * Which client components each page of the build has, by the page's file. A page without any needs no script: Next's
 * build refuses hooks and event handlers in what is rendered on the server.
 */
export function readClientComponents(built: string): Map<string, string[]> {
  const scope: { __RSC_MANIFEST?: Manifests } = {}
  const files = globSync('**/page_client-reference-manifest.js', { cwd: built })
  for (const file of files)
    runInNewContext(readFileSync(`${built}/${file}`, 'utf8'), Object.assign(scope, { globalThis: scope }))
  return withoutFramework(scope.__RSC_MANIFEST ?? {})
}

/** Leaves out what Next puts into every page: what its own error page has too. */
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
