import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'

/**
 * The secret that signs cookies and links, made once and kept in DATA_DIR/secret, readable by its
 * owner alone. Losing it would void every link that was mailed.
 */
export async function keepSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret')
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // Shorter: a full disk or a power cut hit as it was written, and nothing was signed with it yet.
  if (known.trim().length >= 32) return known.trim()
  const secret = randomBytes(32).toString('hex')
  await writeFileAtomic(file, secret, { mode: 0o600 })
  return secret
}
