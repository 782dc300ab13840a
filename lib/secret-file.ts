import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import writeFileAtomic from 'write-file-atomic'

/**
 * The secret in a file, created if there is none: 64 hexadecimal digits, readable only by the file's owner.
 * @param owner of a new file; by default this process's user
 */
export async function readOrCreateSecret(file: string, owner: { uid?: number; gid?: number } = {}) {
  const existing = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // A shorter one was cut off by a full disk or a power cut, before anything used it.
  if (existing.trim().length >= 32) return existing.trim()
  const secret = randomBytes(32).toString('hex')
  const { uid, gid = 0 } = owner
  await writeFileAtomic(file, secret, { mode: 0o600, ...(uid !== undefined && { chown: { uid, gid } }) })
  return secret
}
