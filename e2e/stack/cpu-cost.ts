/**
 * The least CPU time of up to five tries, in ms, which other load and garbage collection affect least.
 * @param enough below this, no further try is made
 */
export async function cpuCost(work: () => unknown, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 5; tries > 0 && least > enough; tries--) {
    const before = process.threadCpuUsage()
    await work()
    const { user, system } = process.threadCpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}
