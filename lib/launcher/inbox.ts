import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { log } from '#lib/log'
import type { InboxPorts } from '#lib/mail/inbox/inbox'

const PROGRAM = new URL('../mail/inbox/inbox.ts', import.meta.url)
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

/** The inbox for trying out, kept running. */
export type Inbox = { folder: string; smtpUrl(): string; webUrl(): string; stop(): Promise<unknown> }

/**
 * Starts the inbox; resolves when it takes mail. A thread and not a process, which saves 45 MB: a fault in it ends
 * the thread, which is started again.
 * @param onMoved it was started again and had to take other ports
 */
export async function keepInbox(folder: string, onMoved: () => void): Promise<Inbox> {
  let ports: InboxPorts = { smtp: 1025, web: 1080 }
  let [worker, stopping] = [await startThread(folder, ports), false]
  ports = worker.ports
  const keep = async () => {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const error = await worker.ended
      if (stopping) return
      log.warn({ err: error, againInMs: wait }, 'the inbox ended and is started again')
      await sleep(wait)
      const next = await startThread(folder, ports).catch((fault) => ({
        ...worker,
        ended: Promise.resolve(fault),
      }))
      const moved = next.ports.smtp !== ports.smtp
      worker = next
      ports = next.ports
      if (moved) onMoved()
    }
  }
  void keep()
  return {
    folder,
    smtpUrl: () => `smtp://127.0.0.1:${ports.smtp}`,
    webUrl: () => `http://localhost:${ports.web}`,
    stop() {
      stopping = true
      return worker.thread.terminate()
    },
  }
}

/** `ended` resolves with what ended it. */
type Thread = { thread: Worker; ports: InboxPorts; ended: Promise<unknown> }

/** Its environment is empty: it needs no setting, and must know no secret. */
async function startThread(folder: string, wished: InboxPorts): Promise<Thread> {
  const thread = new Worker(PROGRAM, {
    workerData: { folder, ports: wished },
    env: {},
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
  })
  const { promise: ended, resolve } = Promise.withResolvers<unknown>()
  thread.once('error', resolve).once('exit', resolve)
  const ready = new Promise<InboxPorts>((done) => thread.once('message', done))
  const ports = await Promise.race([ready, ended])
  if (ports && typeof ports === 'object' && 'smtp' in ports)
    return { thread, ports: ports as InboxPorts, ended }
  throw ports instanceof Error ? ports : new Error('the inbox did not start')
}
