import { existsSync } from 'node:fs'

/** Loads the `.env` file beside package.json. Variables that are set already win. Safe to call again. */
export function readEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}
