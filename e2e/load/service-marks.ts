import { setTimeout as sleep } from 'node:timers/promises'
import { atLeast, atMost, figure, type Mark, megabytes, times } from './mark.ts'
import { cpuMs, residentMegabytes } from './processes.ts'
import { type Figures, measure, submission, submitMany } from './requests.ts'
import type { BenchSetup } from './setup.ts'

/** Figures of the running service. Each part can run alone, and starts from the state that earlier parts left. */
const { BENCH_SECONDS = '5', BENCH_MAILS = '20000', BENCH_LEADS = '20000' } = process.env
const SECONDS = Number(BENCH_SECONDS)
/** Alternates between the tutorial's handler and ours, so that other load affects both. */
const ROUNDS = 3
const LEADS_FOR_CPU = 1000

const show = ({ perSecond, p50, p99 }: Figures) =>
  `${perSecond.toFixed(0)} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
const middle = (values: number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

/** Accepted submissions compared with the tutorial's handler, while mail is delivered. */
export async function measureAccepted(setup: BenchSetup): Promise<Mark[]> {
  const { stack, tutorialUrl } = setup
  for (const origin of [stack.url, tutorialUrl]) await measure(origin, submission, 16, SECONDS) // warm
  const marks: Mark[] = []
  for (const atOnce of [1, 16, 64]) {
    const rounds: { theirs: Figures; ours: Figures }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await setup.drained()
      const theirs = await measure(tutorialUrl, submission, atOnce, SECONDS)
      const ours = await measure(stack.url, submission, atOnce, SECONDS)
      rounds.push({ theirs, ours })
      console.log(`  ${atOnce} at once: tutorial ${show(theirs)}; ours ${show(ours)}`)
    }
    const rate = middle(rounds.map(({ theirs, ours }) => ours.perSecond / theirs.perSecond))
    const slowest = middle(rounds.map(({ theirs, ours }) => ours.p99 / theirs.p99))
    const name = (what: string) => `${what} at ${atOnce}, against the tutorial's handler`
    if (atOnce === 16)
      marks.push(atLeast(name('accepted'), 1, rate, times), atMost(name('p99'), 1.2, slowest, times))
    else marks.push(figure(name('accepted'), times(rate)), figure(name('p99'), times(slowest)))
  }
  return marks
}

/** CPU time of site, worker and PostgreSQL per lead, until both of its mails are sent. */
export async function measureCpu(setup: BenchSetup): Promise<Mark[]> {
  const { stack } = setup
  await submitMany(stack.url, LEADS_FOR_CPU / 2) // warm
  await setup.drained()
  const [before, mails] = [setup.roots.map((pid) => cpuMs([pid])), await setup.mails()]
  await submitMany(stack.url, LEADS_FOR_CPU)
  await setup.drained()
  const each = setup.roots.map((pid, at) => (cpuMs([pid]) - (before[at] ?? 0)) / LEADS_FOR_CPU)
  const sent = (await setup.mails()) - mails
  const [web, worker, postgres] = each.map((ms) => ms.toFixed(1))
  const total = each.reduce((sum, ms) => sum + ms, 0)
  return [
    atMost('CPU of all processes a lead, both mails sent', 8, total, (ms) => `${ms.toFixed(1)} ms`),
    figure('  of these site, worker, PostgreSQL', `${web}, ${worker}, ${postgres} ms`),
    figure('  mails a lead', (sent / LEADS_FOR_CPU).toFixed(2)),
  ]
}

/** Mails a second while a new worker drains a backlog. */
export async function measureDrain(setup: BenchSetup): Promise<Mark[]> {
  const { stack } = setup
  await setup.drained()
  await stack.kill(stack.worker, 'SIGTERM')
  await submitMany(stack.url, Number(BENCH_MAILS) / 2)
  const [waiting, before] = [await setup.unsent(), await setup.mails()]
  stack.startWorker()
  // From the first mail on, so that the worker's start does not count.
  while ((await setup.mails()) === before) await sleep(5)
  const began = performance.now()
  await setup.drained()
  const perSecond = (waiting * 1000) / (performance.now() - began)
  const name = `mails a second while draining ${waiting.toLocaleString('en-US')}`
  return [atLeast(name, 500, perSecond, (value) => value.toFixed(0))]
}

/** Memory of site and worker after many leads. */
export async function measureMemory(setup: BenchSetup): Promise<Mark[]> {
  const { stack } = setup
  await submitMany(stack.url, Math.max(0, Number(BENCH_LEADS) - (await setup.leads())))
  await setup.drained()
  const after = `after ${(await setup.leads()).toLocaleString('en-US')} leads`
  return [
    atMost(`memory of the site ${after} (RSS)`, 250, residentMegabytes(stack.web.pid ?? 0), megabytes),
    atMost(`memory of the worker ${after} (RSS)`, 250, residentMegabytes(stack.worker?.pid ?? 0), megabytes),
  ]
}
