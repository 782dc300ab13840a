import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod'
import { isAllowedHost, isValidAllowEntry } from '#lib/allowed-hosts'
import { readEnvFile } from '#lib/env-file'
import { LOG_LEVELS } from '#lib/log-level'
import { mailbox, mailboxes } from '#lib/mailbox'
import { OperatorError } from '#lib/operator-error'
import { smtpUrl } from '#lib/smtp-url'

/**
 * All settings are declared and parsed here; only LOG_LEVEL is also read in `lib/log.ts`, which must work before. All
 * invalid ones are reported together, so that an operator does not find them one restart at a time.
 */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

const onOff = z.enum(['on', 'off'], 'must be on or off, for example on').default('on')
const count = (min: number, max: number, preset: number) =>
  z.coerce
    .number(`must be a whole number, for example ${preset}`)
    .int(`must be a whole number, for example ${preset}`)
    .min(min, `must be at least ${min}, for example ${preset}`)
    .max(max, `must be at most ${max}, for example ${preset}`)
    .default(preset)

const url = (example: string, ...protocols: string[]) =>
  z.string().refine((value) => {
    return protocols.includes(URL.parse(value)?.protocol ?? '')
  }, `must be an address, for example ${example}`)

const schema = z.object({
  PORT: count(0, 65535, 3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: url('https://www.trackstat.org', 'http:', 'https:').optional(),
  APP_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters, for example from: openssl rand -hex 32')
    .optional(),
  DATABASE_URL: url('postgres://user:password@host:5432/trackstat', 'postgres:', 'postgresql:').optional(),
  DATA_DIR: z.string().default('./data'),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailbox.default({ name: 'TrackStat', address: 'support@trackstat.org' }),
  SUPPORT_EMAIL: mailboxes.default(['support@trackstat.org']),
  SUPPORT_FALLBACK_EMAIL: mailboxes.optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_PRIVATE_KEY: z.string().optional(),
  POSTAL_ADDRESS: z.string().optional(),
  API_TOKEN: z
    .string()
    .regex(
      /^\S{32,}$/,
      'must have at least 32 characters and no spaces, for example from: openssl rand -hex 32',
    )
    .optional(),
  TRIAL_DAYS: count(1, 365, 14),
  DEMO_VIDEO_URL: url('https://cdn.example.com/demo.mp4', 'https:', 'http:', 'file:').optional(),
  WEBHOOK_URL: url('https://app.example.com/hooks/trackstat', 'https:', 'http:').optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
      'must be whsec_ and 24 to 64 bytes in base64, for example from: echo whsec_$(openssl rand -base64 32)',
    )
    .optional(),
  WEBHOOK_ALLOW: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim().toLowerCase())
        .filter(Boolean),
    )
    .refine(
      (parts) => parts.every(isValidAllowEntry),
      'must be hosts, addresses or ranges, for example crm.internal, 10.1.0.0/16',
    ),
  TRUST_PROXY: count(0, 10, 0),
  RATE_LIMIT: onOff,
  WORKER: onOff,
  RETENTION_DAYS: count(1, 36500, 730),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}, for example info`).optional(),
})

export type Setting = keyof typeof schema.shape
/** The names of all settings. */
export const SETTINGS = Object.keys(schema.shape) as Setting[]

/** Invalid settings. The message has one line for each and never a value, because it may be a secret. */
export class ConfigError extends OperatorError {
  override name = 'ConfigError'
}

/** The parsed settings. */
export type Config = ReturnType<typeof shape>

/** @throws {ConfigError} for all invalid settings together */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(given)
  const faults = parsed.success
    ? crossFaults(parsed.data, given.TRACKSTAT_PROCESS === 'web')
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (!parsed.success || faults.length) throw new ConfigError([...new Set(faults)].join('\n'))
  return shape(parsed.data)
}

/** @param isSite the site does not get SMTP_URL (`lib/launcher/environment.ts`); the launcher has checked it */
function crossFaults(env: z.infer<typeof schema>, isSite: boolean): string[] {
  const faults: string[] = []
  if (env.DATABASE_URL && !env.APP_SECRET)
    faults.push(
      'APP_SECRET: is required with DATABASE_URL, so that all instances share one, for example from: openssl rand -hex 32',
    )
  if (env.APP_URL && !isLoopback(env.APP_URL) && !env.SMTP_URL && !isSite)
    faults.push(
      'SMTP_URL: is required when APP_URL is public, or no mail would reach anybody, for example smtps://user:password@mail.example.com:465',
    )
  const dkim = [env.DKIM_DOMAIN, env.DKIM_SELECTOR, env.DKIM_PRIVATE_KEY].filter(Boolean).length
  if (dkim > 0 && dkim < 3)
    faults.push(
      'DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY: set all three or none, for example DKIM_SELECTOR=mail',
    )
  if (env.DEMO_VIDEO_URL?.startsWith('file:') && !existsSync(new URL(env.DEMO_VIDEO_URL)))
    faults.push('DEMO_VIDEO_URL: there is no such file here, for example file:///srv/trackstat/demo.mp4')
  const webhook = env.WEBHOOK_URL ? new URL(env.WEBHOOK_URL) : undefined
  if (webhook && !env.WEBHOOK_SECRET)
    faults.push(
      'WEBHOOK_SECRET: is required with WEBHOOK_URL, for example from: echo whsec_$(openssl rand -base64 32)',
    )
  if (webhook?.protocol === 'http:' && !isAllowedHost(webhook.hostname, env.WEBHOOK_ALLOW))
    faults.push(
      'WEBHOOK_URL: must be https unless its host is named in WEBHOOK_ALLOW, for example https://app.example.com/hooks/trackstat',
    )
  return faults
}

/** Whether a URL's host is this machine. A public site must not run with the defaults for trying it out. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.has(new URL(address).hostname)
}

function shape(env: z.infer<typeof schema>) {
  return {
    port: env.PORT,
    host: env.HOST,
    appUrl: (env.APP_URL ?? `http://localhost:${env.PORT}`).replace(/^(.*[^/])\/*$/s, '$1'),
    appSecret: env.APP_SECRET,
    databaseUrl: env.DATABASE_URL,
    dataDir: resolve(env.DATA_DIR),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    supportEmails: env.SUPPORT_EMAIL,
    supportFallback: env.SUPPORT_FALLBACK_EMAIL,
    dkim:
      env.DKIM_DOMAIN && env.DKIM_SELECTOR && env.DKIM_PRIVATE_KEY
        ? {
            domainName: env.DKIM_DOMAIN,
            keySelector: env.DKIM_SELECTOR,
            // Most hosting services store the key's line breaks as \n.
            privateKey: env.DKIM_PRIVATE_KEY.replaceAll('\\n', '\n'),
          }
        : undefined,
    postalAddress: env.POSTAL_ADDRESS,
    apiToken: env.API_TOKEN,
    trialDays: env.TRIAL_DAYS,
    demoVideoUrl: env.DEMO_VIDEO_URL,
    webhook:
      env.WEBHOOK_URL && env.WEBHOOK_SECRET
        ? { url: env.WEBHOOK_URL, secret: env.WEBHOOK_SECRET, allow: env.WEBHOOK_ALLOW }
        : undefined,
    trustProxy: env.TRUST_PROXY,
    rateLimit: env.RATE_LIMIT === 'on',
    worker: env.WORKER === 'on',
    retentionDays: env.RETENTION_DAYS,
  }
}

let known: Config | undefined

/**
 * The settings of this process, from the environment and a `.env` file beside package.json (the environment wins).
 * @throws {ConfigError} for all invalid settings together
 */
export function readConfig(): Config {
  if (!known) {
    readEnvFile()
    known = parseConfig(process.env)
  }
  return known
}
