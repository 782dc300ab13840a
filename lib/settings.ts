import * as z from 'zod'
import { isValidAllowEntry } from '#lib/allowed-hosts'
import { LOG_LEVELS } from '#lib/log-level'
import { mailbox, mailboxes } from '#lib/mailbox'
import { smtpUrl } from '#lib/smtp-url'

/**
 * Every setting, with its default and what is wrong with a bad value. Only LOG_LEVEL is also read in `lib/log.ts`, which
 * must work before.
 */
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

/** The settings as they are given; `lib/config.ts` checks them against each other and shapes them. */
export const schema = z.object({
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
  NOTICE_FROM: mailbox.optional(),
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
  LEGAL_REVIEWED: z.enum(['yes', 'no'], 'must be yes or no, for example yes').default('no'),
  RETENTION_DAYS: count(1, 36500, 730),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}, for example info`).optional(),
})

export type Setting = keyof typeof schema.shape
/** The names of all settings. */
export const SETTINGS = Object.keys(schema.shape) as Setting[]
