import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type * as z from 'zod'
import { isAllowedHost } from '#lib/allowed-hosts'
import { readEnvFile } from '#lib/env-file'
import { OperatorError } from '#lib/operator-error'
import { schema } from '#lib/settings'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Invalid settings. The message has one line for each and never a value, because it may be a secret. */
export class ConfigError extends OperatorError {
  override name = 'ConfigError'
}

/** The parsed settings. */
export type Config = ReturnType<typeof shape>

/** @throws {ConfigError} for all invalid settings together, so that nobody finds them one restart at a time */
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
    noticeFrom: env.NOTICE_FROM ?? env.MAIL_FROM,
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
    legalReviewed: env.LEGAL_REVIEWED === 'yes',
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
