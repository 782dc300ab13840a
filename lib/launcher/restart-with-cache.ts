import { flushCompileCache, getCompileCacheDir } from 'node:module'

/**
 * Once Node has compiled TypeScript, its compiler stays in memory (15 MB). Files in the compile cache do not need it. So
 * after it has compiled the launcher's, the launcher writes them to the cache and replaces itself (same process id).
 * @param loadMore loads what is imported later
 */
export async function restartWithCache(loadMore: () => Promise<unknown>): Promise<void> {
  // Without the variable, a cache that can't be written would cause a restart without end.
  if (!getCompileCacheDir() || process.env.TRACKSTAT_RESTARTED || !hasCompiled()) return
  await loadMore()
  flushCompileCache()
  const env = { ...process.env, TRACKSTAT_RESTARTED: '1' }
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], env)
}

/** Whether Node has loaded its compiler, amaro. */
function hasCompiled(): boolean {
  const { moduleLoadList = [] } = process as { moduleLoadList?: string[] }
  return moduleLoadList.some((name) => name.includes('amaro'))
}
