import { readConfig } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { type CommandResult, runCommand } from '#lib/db/open-command'
import { countFunnel, drawFunnel } from '#lib/trials/funnel'
import { describeTrial } from '#lib/trials/history'
import { checkLoginUrl } from '#lib/trials/login-url'
import { MAX_DAYS, type Order, orderTrial } from '#lib/trials/orders'
import { OrderRefused } from '#lib/trials/transitions'

/** `npm run trial`. */
const USAGE = `npm run trial -- show TS-…        shows the history of a trial
npm run trial -- extend TS-… 7    gives it 7 more days
npm run trial -- access TS-… LINK they can sign in, at LINK (may be left out): the days count from now
npm run trial -- convert TS-…     the person became a customer
npm run trial -- cancel TS-…      ends it now
npm run trial -- funnel           how many people reached each step, and what share of the step before`

/** Runs a command, given its words after `npm run trial --`. */
export async function runTrialCommand(db: Database, words: string[]): Promise<CommandResult> {
  const [name = '', reference, argument] = words
  if (name === 'funnel' && words.length === 1) return { code: 0, lines: drawFunnel(await countFunnel(db)) }
  const order = readOrder(name, argument)
  if (order instanceof OrderRefused) return { code: 1, lines: [`Not done: ${order.message}.`] }
  if (!reference || words.length > 3 || !(order || (name === 'show' && !argument)))
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

function readOrder(name: string, argument: string | undefined): Order | OrderRefused | undefined {
  if (name === 'access') return readAccess(argument)
  if (name === 'convert' || name === 'cancel') return argument ? undefined : { name }
  const count = Number(argument)
  const whole = Number.isInteger(count) && count >= 1 && count <= MAX_DAYS
  return name === 'extend' && whole ? { name, days: count } : undefined
}

function readAccess(link: string | undefined): Order | OrderRefused {
  if (!link) return { name: 'access' }
  const { loginUrl, fault } = checkLoginUrl(link, readConfig().webhook?.allow)
  return fault ? new OrderRefused(fault.replace('login_url', 'the link')) : { name: 'access', loginUrl }
}

if (import.meta.main) await runCommand(runTrialCommand)
