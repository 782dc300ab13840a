import { measureInstall } from './install-marks.ts'
import { measureLaunch } from './launch-marks.ts'
import { type Mark, printMarks } from './mark.ts'
import { measurePages } from './page-marks.ts'
import { measureRecovery } from './recovery-marks.ts'
import { measureAccepted, measureCpu, measureDrain, measureMemory } from './service-marks.ts'
import { BenchSetup } from './setup.ts'

/**
 * `npm run bench`: figures of the service on this machine and their goals. Load generator and mail server use the same
 * cores. Linux only (`/proc`), loopback only, ends automatically. `npm run bench -- drain cpu` runs single parts.
 * BENCH_SECONDS (5) of each load, BENCH_MAILS (20000) to drain, BENCH_LEADS (20000) before memory is measured.
 */
const onService: Record<string, (setup: BenchSetup) => Promise<Mark[]>> = {
  accepted: measureAccepted,
  cpu: measureCpu,
  drain: measureDrain,
  memory: measureMemory,
  recovery: measureRecovery,
  pages: measurePages,
}
const alone: Record<string, () => Promise<Mark[]>> = { launch: measureLaunch, install: measureInstall }

/** Runs the requested parts in sequence and passes their rows to `done`. */
async function runParts(wanted: string[], done: (marks: Mark[]) => void): Promise<void> {
  const begin = (name: string) => console.log(`— ${name}`)
  const parts = Object.entries(onService).filter(([name]) => wanted.includes(name))
  if (parts.length) {
    const setup = new BenchSetup()
    try {
      await setup.start()
      for (const [name, measure] of parts) {
        begin(name)
        done(await measure(setup))
      }
    } finally {
      await setup.stop()
    }
  }
  for (const [name, measure] of Object.entries(alone))
    if (wanted.includes(name)) {
      begin(name)
      done(await measure())
    }
}

const names = [...Object.keys(onService), ...Object.keys(alone)]
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are: ${names.join(', ')}`)
  process.exit(1)
}
const marks: Mark[] = []
try {
  await runParts(wanted.length ? wanted : names, (more) => marks.push(...more))
} finally {
  // Figures measured before a failure are printed, too.
  console.log()
  printMarks(marks)
}
process.exit()
