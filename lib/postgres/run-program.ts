import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { ClusterLocation } from '#lib/postgres/cluster-location'
import { SERVER_ENV } from '#lib/postgres/system-user'

/**
 * Runs one of PostgreSQL's programs as the server's user, in the cluster's folder.
 * @returns its error output if it failed
 * @throws if it can't be started
 */
export async function runProgram(
  program: string,
  args: string[],
  { folder, cluster, identity }: ClusterLocation,
): Promise<string | undefined> {
  const child = spawn(program, args, {
    ...identity,
    cwd: folder,
    // PGDATA is not an argument, because pg_ctl would put it into a shell command without quoting.
    env: { ...SERVER_ENV, PGDATA: cluster },
    // A separate process group: Ctrl-C reaches only the launcher, which stops the database last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((done, fail) => child.once('error', fail).once('exit', done))
  const [output, status] = await Promise.all([text(child.stderr), ended])
  return status === 0 ? undefined : output.trim() || `status ${status}`
}
