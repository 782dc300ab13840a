import { build } from 'esbuild'
import { ISLAND_FOLDER } from '#server/islands'

/** Bundles the islands' script, with a hash of its content in its name. */
export async function buildIslands(): Promise<void> {
  await build({
    entryPoints: ['app/_ui/form/island.tsx'],
    outdir: `.next/${ISLAND_FOLDER}`,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  })
}
