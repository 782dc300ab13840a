import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/* Facts about a process by its pid: from /proc on Linux, because slim images have no `ps`, elsewhere from `ps`. */

/** Whether the process runs. A zombie does not count: if its parent never reaps it, waiting would not end. */
export function isAlive(pid: number): boolean {
  return pidExists(pid) && statFields(pid)?.[0] !== 'Z'
}

/** Whether the pid is in use, also by a zombie. */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a running process, its arguments joined with spaces; undefined if there is none. */
export function commandOf(pid: number): string | undefined {
  const file = readProc(pid, 'cmdline')
  if (file !== undefined) return file.replaceAll('\0', ' ').trim() || undefined
  return ps(pid, 'args=')
}

/**
 * When the process started, in a unit of the system. Pid and start time together identify a process: pids are reused
 * after a reboot or in a container, and the wrong process must not be killed.
 */
export function startTimeOf(pid: number): string | undefined {
  const fields = statFields(pid)
  // Field 22 of /proc/pid/stat (proc(5)), in clock ticks since boot; `statFields` starts at field 3.
  if (fields) return fields[19]
  return ps(pid, 'lstart=')
}

/** The pid of the process's parent. */
export function parentOf(pid: number): number | undefined {
  const found = Number(statFields(pid)?.[1] ?? ps(pid, 'ppid='))
  return found > 0 ? found : undefined
}

function statFields(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat')
  // The name in parentheses may contain spaces and parentheses, so the fields start after the last one.
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
