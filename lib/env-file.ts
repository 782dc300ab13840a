import { existsSync } from 'node:fs'

/** Adds the settings of a `.env` file beside package.json to the environment, which wins. Safe to call again. */
export function readEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}
