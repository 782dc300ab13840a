import { globSync } from 'node:fs'

/**
 * Client components that do without Next's script on a prerendered page: forms, which are hydrated alone by a script of
 * their own, and times, which are known only per request, so that none is on such a page. A page with other client
 * components is hydrated by Next.
 */
const COMPONENTS = ['/app/_ui/form/enhanced-form.tsx', '/app/_ui/layout/local-time.tsx']
/** In `.next`, from where Next serves it. */
export const ISLAND_FOLDER = 'static/islands'
/** Marks an island whose script is loaded when it gets the focus; others load it with the page. */
const ON_FOCUS = 'data-load="focus"'

export function isIsland(component: string): boolean {
  return COMPONENTS.some((name) => component.endsWith(name))
}

/** The script elements that a page's islands need, for its head. */
export function islandScript(html: string): string {
  if (!html.includes('data-island=')) return ''
  const [file] = globSync('island-*.js', { cwd: `.next/${ISLAND_FOLDER}` })
  const address = `/_next/${ISLAND_FOLDER}/${file}`
  if (!html.includes(ON_FOCUS)) return `<script type="module" src="${address}"></script>`
  return `<script>addEventListener("focusin",e=>{if(e.target.closest('[${ON_FOCUS}]'))import("${address}").catch(()=>{})})</script>`
}
