import type { Database } from '#lib/db/connection'
import { type CommandResult, runCommand } from '#lib/db/open-command'
import { countFunnel, drawFunnel } from '#lib/trials/funnel'
import { describeTrial } from '#lib/trials/history'
import { MAX_DAYS, type Order, orderTrial } from '#lib/trials/orders'
import { OrderRefused } from '#lib/trials/transitions'

/** `npm run trial`. */
const USAGE = `npm run trial -- show TS-…        shows the history of a trial
npm run trial -- extend TS-… 7    gives it 7 more days
npm run trial -- convert TS-…     the person became a customer
npm run trial -- cancel TS-…      ends it now
npm run trial -- funnel           how many people reached each step, and what share of the step before`

/** Runs a command, given its words after `npm run trial --`. */
export async function runTrialCommand(db: Database, words: string[]): Promise<CommandResult> {
  const [name = '', reference, days] = words
  if (name === 'funnel' && words.length === 1) return { code: 0, lines: drawFunnel(await countFunnel(db)) }
  const order = readOrder(name, days)
  if (!reference || words.length !== (name === 'extend' ? 3 : 2) || !(order || name === 'show'))
    return { code: 2, lines: [USAGE] }
  try {
    if (order && !(await orderTrial(db, reference, order, 'support'))) return unknown(reference)
    const lines = await describeTrial(db, reference)
    return lines ? { code: 0, lines } : unknown(reference)
  } catch (error) {
    if (!(error instanceof OrderRefused)) throw error
    return { code: 1, lines: [`Not done: ${error.message}.`] }
  }
}

function unknown(reference: string): CommandResult {
  return { code: 1, lines: [`There is no trial ${reference}. A demo request has none, nor an inquiry.`] }
}

function readOrder(name: string, days: string | undefined): Order | undefined {
  if (name === 'convert' || name === 'cancel') return { name }
  const count = Number(days)
  const whole = Number.isInteger(count) && count >= 1 && count <= MAX_DAYS
  return name === 'extend' && whole ? { name, days: count } : undefined
}

if (import.meta.main) await runCommand(runTrialCommand)
