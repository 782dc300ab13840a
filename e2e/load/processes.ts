import { readdirSync, readFileSync } from 'node:fs'

/** Figures of processes from Linux's /proc. A process that ends meanwhile counts as zero. */

/** `getconf CLK_TCK`, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

export const allPids = (): number[] => readdirSync('/proc').map(Number).filter(Boolean)

/** A file of a process; empty if the process has ended or belongs to another user. */
export function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** The fields of `stat` from the third on (state, parent, …); the second, the name, may contain spaces. */
const statOf = (pid: number) =>
  readProc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ')

export const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0)

/** A process and all its descendants. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const pid of allPids()) {
    const parent = parentOf(pid)
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** CPU time of processes and their descendants, including ended ones that were waited for, in ms. */
export function cpuMs(roots: number[]): number {
  const ticks = roots.flatMap(treeOf).map((pid) => {
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = statOf(pid).slice(11, 15).map(Number)
    return utime + stime + cutime + cstime
  })
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / TICKS_PER_SECOND
}

/** Resident memory of a process (RSS), in MB of 2^20 bytes. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readProc(pid, 'status')) ?? []
  return Number(kilobytes) / 1024
}

export const isNode = (pid: number): boolean => /(^|\/)(node|npm)[^/]*$/.test(commandOf(pid)[0] ?? '')
export const commandOf = (pid: number): string[] => readProc(pid, 'cmdline').split('\0').filter(Boolean)
