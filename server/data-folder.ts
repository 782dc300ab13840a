import { resolve } from 'node:path'
import { readEnvFile } from '#lib/env-file'

/** DATA_DIR, which no build reads. The other settings are not checked, because a build is often made where they are not known. */
export function dataFolder(): string {
  readEnvFile()
  return resolve(process.env.DATA_DIR?.trim() || 'data')
}
