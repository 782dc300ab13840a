import { readFile, rename } from 'node:fs/promises'
import { build } from 'esbuild'

/** The processes of production, each as one file for plain Node. */
const BUNDLES = {
  site: { entry: 'server/index.ts', file: '.next/site.mjs' },
  worker: { entry: 'lib/jobs/worker.ts', file: '.next/worker.mjs' },
} as const

type Bundle = keyof typeof BUNDLES

/**
 * Bundles a process with its libraries, except Next. So it starts faster and needs less memory (`lib/DECISIONS.md`), and
 * neither tsx nor esbuild runs in production. No setting is built in.
 * @param sources the hash of the sources (`hashSources`), kept in the last line for `isBundledFrom`
 */
export async function bundle(name: Bundle, sources: string): Promise<void> {
  const { entry, file } = BUNDLES[name]
  const outfile = `${file}.${process.pid}`
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    external: ['next'],
    define: { 'process.env.NODE_ENV': '"production"' },
    // CommonJS libraries call `require`.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
    footer: { js: lastLine(sources) },
    logLevel: 'warning',
  })
  // Renamed into place, so that a process that starts meanwhile reads a complete file.
  await rename(outfile, file)
}

/** Whether the bundle is there and was made from these sources. */
export async function isBundledFrom(name: Bundle, sources: string): Promise<boolean> {
  const made = await readFile(BUNDLES[name].file, 'utf8').catch(() => '')
  return made.trimEnd().endsWith(lastLine(sources))
}

const lastLine = (sources: string) => `// sources: ${sources}`
