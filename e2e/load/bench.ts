import { measureInstall } from './install-marks.ts'
import { measureLaunch } from './launch-marks.ts'
import { type Mark, printMarks } from './mark.ts'
import { measurePages } from './page-marks.ts'
import { measureAccepted, measureCpu, measureDrain, measureMemory } from './service-marks.ts'
import { BenchSetup } from './setup.ts'

/**
 * `npm run bench`: what the service does on this machine, with the load generator and the mail server on the same
 * cores, beside goals. Linux only (`/proc`); loopback only; ends by itself. `npm run bench -- drain cpu` runs parts alone.
 * BENCH_SECONDS (5) of each load, BENCH_MAILS (20000) to drain, BENCH_LEADS (20000) before memory is measured.
 */
const onService: Record<string, (setup: BenchSetup) => Promise<Mark[]>> = {
  accepted: measureAccepted,
  cpu: measureCpu,
  drain: measureDrain,
  memory: measureMemory,
  pages: measurePages,
}
const alone: Record<string, () => Promise<Mark[]>> = { launch: measureLaunch, install: measureInstall }

/** Runs the wanted parts one after the other and gives their rows to `done`. */
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
  // What was measured before a fault is worth seeing, too.
  console.log()
  printMarks(marks)
}
process.exit()
