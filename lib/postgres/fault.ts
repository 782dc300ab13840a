import { statfsSync } from 'node:fs'

/** The embedded server can't be used. The message says what happened and what to do now. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError'
}

/** Of a folder of a version before the first release. Nothing in it has been changed. */
export const OTHER_VERSION =
  'It was made by a version before the first release, and can’t be upgraded. Set DATA_DIR to a new folder; the old one is left as it is.'

/**
 * Turns what the system or PostgreSQL said into words for the person at the terminal.
 * @param failed what did not work, as in "PostgreSQL could not start"
 * @param said an error of the file system, or the last lines of PostgreSQL's log
 */
export function explainFault(failed: string, folder: string, said: unknown): EmbeddedError {
  if (said instanceof EmbeddedError) return said
  const text = said instanceof Error ? said.message : String(said)
  if (/No space left on device|ENOSPC|EDQUOT|Disk quota exceeded/.test(text))
    return new EmbeddedError(
      `${failed}: the disk is full (${freeMegabytes(folder)} left for ${folder}). Free some space, then start again. Nothing stored is lost.`,
    )
  if (/EROFS|Read-only file system/.test(text))
    return new EmbeddedError(
      `${failed}: ${folder} is on a read-only disk. Set DATA_DIR to a folder that can be written.`,
    )
  if (/EACCES|EPERM|Permission denied|Operation not permitted|wrong ownership/.test(text))
    return new EmbeddedError(
      `${failed}: ${folder} may not be read or written by this user (${whoAmI()}). Make it theirs with chown, or set DATA_DIR to another folder.`,
    )
  if (/ENOTDIR|EEXIST/.test(text))
    return new EmbeddedError(
      `${failed}: a file stands where the folder ${folder} should be. Move it, or set DATA_DIR.`,
    )
  return new EmbeddedError(`${failed}: ${text.trim()}`)
}

function freeMegabytes(folder: string): string {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return `${Math.floor((bavail * bsize) / 1048576)} MB`
  } catch {
    return 'nothing'
  }
}

function whoAmI(): string {
  const uid = process.getuid?.()
  return uid === 0 ? 'root' : `user number ${uid}`
}
