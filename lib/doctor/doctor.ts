import { statfsSync } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Config, ConfigError, readConfig } from '#lib/config'
import { checkDatabase } from '#lib/doctor/check-database'
import { checkFilm } from '#lib/doctor/check-film'
import { type Finding, ok, problem, warning } from '#lib/doctor/finding'
import { warnOfLegalReview } from '#lib/legal-review'
import { localAddress } from '#lib/local-address'
import { warnOfOwnReplies } from '#lib/mail/audience'
import { probeMailServer } from '#lib/mail/smtp'
import { tryPort } from '#lib/process/ports'

/** `npm run doctor`: one line for each check, with what to do if it failed. Changes nothing. Exits 1 if any failed. */
const MIN_NODE = 22
const MIN_FREE_MB = 500

async function examine(): Promise<Finding[]> {
  const node = checkNode()
  try {
    const config = readConfig()
    const findings = [node, ok('Settings', 'all can be used'), await checkFolder(config)]
    return [
      ...findings,
      ...(await checkDatabase(config)),
      await checkMail(config),
      ...warningOf('Notices', warnOfOwnReplies(config)),
      ...warningOf('Legal pages', warnOfLegalReview(config)),
      ...(await checkFilm(config)),
      await checkSite(config),
    ]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [node, ...error.message.split('\n').map((fault) => problem('Settings', fault))]
  }
}

function checkNode(): Finding {
  const { node } = process.versions
  if (Number.parseInt(node, 10) >= MIN_NODE) return ok('Node', node)
  return problem('Node', `${node} is too old; run this as npm run doctor, which brings its own`)
}

async function checkFolder({ dataDir }: Config): Promise<Finding> {
  const exists = (await stat(dataDir).catch(() => undefined))?.isDirectory()
  if (exists === false) return problem('Data', `${dataDir} is a file; move it, or set DATA_DIR`)
  const folder = exists ? dataDir : dirname(dataDir)
  const { W_OK, X_OK } = constants
  const refused = await access(folder, W_OK | X_OK).catch(() => true)
  if (refused) return problem('Data', `${folder} can't be written by this user; chown it, or set DATA_DIR`)
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1_048_576)
  if (free < MIN_FREE_MB) return problem('Data', `only ${free} MB are free for ${dataDir}; make room`)
  return ok('Data', exists ? `${dataDir}, ${free} MB free` : `${dataDir} is made by npm start`)
}

async function checkMail({ smtpUrl, appUrl }: Config): Promise<Finding> {
  if (!smtpUrl) return ok('Mail', 'kept in the local inbox; set SMTP_URL to deliver it')
  const { host, username } = new URL(smtpUrl)
  try {
    await probeMailServer({ smtpUrl, hello: new URL(appUrl).hostname })
    return ok('Mail', `${host} answers${username ? ' and takes the sign-in' : ''}`)
  } catch (error) {
    const { message } = error as Error
    return problem('Mail', `${host}: ${message}; check SMTP_URL and that this machine may connect there`)
  }
}

const warningOf = (name: string, message?: string): Finding[] => (message ? [warning(name, message)] : [])

async function checkSite(config: Config): Promise<Finding> {
  const code = config.port ? await tryPort(config.port, config.host) : undefined
  if (code === undefined) return ok('Site', `not running; port ${config.port} is free for npm start`)
  if (code !== 'EADDRINUSE')
    return problem('Site', `can't listen on ${config.host}:${config.port} (${code}); set HOST and PORT`)
  const address = localAddress(config)
  const ready = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) })
    .then((answer) => answer.json() as Promise<Record<string, unknown>>)
    .catch(() => undefined)
  if (!ready || !('database' in ready))
    return problem('Site', `port ${config.port} is taken by another program; stop that one, or set PORT`)
  const faults = ['database', 'mail', 'worker'].filter((part) => ready[part] !== 'ok')
  if (faults.length === 0) return ok('Site', `${config.appUrl} is up`)
  return problem('Site', faults.map((part) => `${part}: ${ready[part]}`).join('; '))
}

const findings = await examine()
for (const { name, ok, message, warning } of findings)
  console.log(`${warning ? 'WARN ' : ok ? 'ok   ' : 'WRONG'}  ${name.padEnd(12)}${message}`)
process.exit(findings.every(({ ok }) => ok) ? 0 : 1)
