import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What the machine knows about a process by its number. Linux's /proc is asked first because slim
 * images bring no `ps`; elsewhere `ps` answers.
 */

/** Whether a process of this number runs. A zombie does not: where nobody reaps, it would be waited for forever. */
export function isAlive(pid: number): boolean {
  return isTaken(pid) && statFields(pid)?.[0] !== 'Z'
}

/** Whether the number is in use, be it by a process that has ended and was not reaped. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a running process, its arguments joined with spaces; undefined when there is none. */
export function commandOf(pid: number): string | undefined {
  const file = readProc(pid, 'cmdline')
  if (file !== undefined) return file.replaceAll('\0', ' ').trim() || undefined
  return ps(pid, 'args=')
}

/**
 * A mark of when the process began. A number with the same mark is the same process: numbers are
 * given out again after a restart of the machine or in a container, and the wrong one must not be killed.
 */
export function birthMark(pid: number): string | undefined {
  const fields = statFields(pid)
  // Field 22 of proc(5)'s stat, in clock ticks since the machine started; the first two are cut off.
  if (fields) return fields[19]
  return ps(pid, 'lstart=')
}

/** The number of a process's parent. */
export function parentOf(pid: number): number | undefined {
  const found = Number(statFields(pid)?.[1] ?? ps(pid, 'ppid='))
  return found > 0 ? found : undefined
}

function statFields(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat')
  // The name in brackets may itself hold spaces and brackets: count from the last one.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readProc(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}

function ps(pid: number, column: string): string | undefined {
  if (process.platform === 'linux') return undefined
  return spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined
}
