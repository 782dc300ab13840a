import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Mark } from './mark.ts'
import { submission, submitMany } from './requests.ts'
import type { BenchSetup } from './setup.ts'

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Figures that a busy machine would fail as tests: how long faults of the database and the worker last. */
export async function measureRecovery(setup: BenchSetup): Promise<Mark[]> {
  await setup.drained()
  const hanging = await measureHangingDatabase(setup)
  const killed = await measureKilledWorker(setup)
  return [
    atMost('503 while the database hangs', 3000, hanging, seconds),
    atMost("a killed worker's mails sent by the next one", 30_000, killed, seconds),
  ]
}

/** A table lock makes the database hang for a submission. @returns ms until its 503 */
async function measureHangingDatabase({ stack }: BenchSetup): Promise<number> {
  const client = await stack.db.connect()
  try {
    await client.query('begin; lock table leads in access exclusive mode')
    const began = performance.now()
    const { status } = await stack.post('demo', submission.body?.())
    if (status !== 503) throw new Error(`${status} while the database hangs`)
    return performance.now() - began
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** Kills the worker while it sends. @returns ms from the start of the next worker until the interrupted mails are sent */
async function measureKilledWorker({ stack }: BenchSetup): Promise<number> {
  let ids: string[] = []
  while (ids.length === 0) {
    await submitMany(stack.url, 100)
    await stack.kill(stack.worker)
    ids = (await stack.query<{ id: string }>(`select id from mails where state = 'sending'`)).map(
      ({ id }) => id,
    )
    if (ids.length === 0) stack.startWorker()
  }
  const began = performance.now()
  stack.startWorker()
  const unsent = () => stack.query(`select from mails where id = any($1) and state <> 'sent'`, [ids])
  while ((await unsent()).length) await sleep(50)
  return performance.now() - began
}
