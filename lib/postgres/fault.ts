import { statfsSync } from 'node:fs'
import { OperatorError } from '#lib/operator-error'

/** The embedded server can't be used. The message says what happened and what to do now. */
export class EmbeddedError extends OperatorError {
  override name = 'EmbeddedError'
}

/** Part of the message for a data folder of a version before the first release. */
export const OTHER_VERSION =
  'It was made by a version before the first release, and can’t be upgraded. Set DATA_DIR to a new folder; the old one is left as it is.'

/**
 * Turns an error of the system or of PostgreSQL into a message that says what to do.
 * @param failed what failed, such as "PostgreSQL could not start"
 * @param cause an error of the file system, or one with the last lines of PostgreSQL's log
 */
export function explainFault(failed: string, folder: string, cause: unknown): EmbeddedError {
  if (cause instanceof EmbeddedError) return cause
  const text = cause instanceof Error ? cause.message : String(cause)
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
      `${failed}: ${folder} may not be read or written by this user (${currentUser()}). Make it theirs with chown, or set DATA_DIR to another folder.`,
    )
  if (/ENOTDIR|EEXIST/.test(text))
    return new EmbeddedError(
      `${failed}: a file is where the folder ${folder} should be. Move it, or set DATA_DIR.`,
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

function currentUser(): string {
  const uid = process.getuid?.()
  return uid === 0 ? 'root' : `user number ${uid}`
}
