import { readdirSync } from 'node:fs'
import { flushCompileCache, getCompileCacheDir } from 'node:module'

/**
 * Once Node has compiled TypeScript, its compiler stays in memory (15 MB). Files in the compile cache do not need it. So on
 * the first start, with an empty cache, the launcher fills it and replaces itself (same process id).
 * @param loadMore loads what is imported later
 */
export async function restartWithCache(loadMore: () => Promise<unknown>): Promise<void> {
  const cache = getCompileCacheDir()
  if (!cache || process.env.TRACKSTAT_RESTARTED || readdirSync(cache).length > 0) return
  await loadMore()
  flushCompileCache()
  // Without the variable, a cache that can't be written would cause a restart without end.
  const env = { ...process.env, TRACKSTAT_RESTARTED: '1' }
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], env)
}
