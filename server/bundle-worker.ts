import { hashSources } from '#lib/launcher/build-stamp'
import { bundle, isBundledFrom } from '#server/bundles'
import { dataFolder } from '#server/data-folder'

/** Runs before `npm run worker`: bundles the worker only if its bundle is missing or older than the sources. */
const sources = await hashSources(dataFolder())
if (!(await isBundledFrom('worker', sources))) await bundle('worker', sources)
