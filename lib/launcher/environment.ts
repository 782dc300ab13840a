import { SETTINGS, type Setting } from '#lib/settings'

/** A process that the launcher starts. */
export type Child = 'web' | 'worker' | 'build'

/** The settings of each process: a fault in one must not leak the secrets of another. */
const SETTINGS_OF: Record<Child, readonly Setting[]> = {
  web: without(
    'SMTP_URL',
    'DKIM_DOMAIN',
    'DKIM_SELECTOR',
    'DKIM_PRIVATE_KEY',
    'WEBHOOK_URL',
    'WEBHOOK_SECRET',
    'WEBHOOK_ALLOW',
  ),
  worker: without('API_TOKEN', 'TRUST_PROXY', 'RATE_LIMIT'),
  build: ['LOG_LEVEL'],
}

/** System variables that Node and its libraries read. None that contains a secret, such as NODE_AUTH_TOKEN. */
const SYSTEM = new Set(
  [
    'PATH HOME USER LOGNAME SHELL TZ LANG LANGUAGE TMPDIR TMP TEMP LD_LIBRARY_PATH',
    'TERM COLORTERM NO_COLOR FORCE_COLOR CI SSL_CERT_FILE SSL_CERT_DIR UV_THREADPOOL_SIZE',
    'NODE_ENV NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA NODE_COMPILE_CACHE',
    'NODE_ICU_DATA NODE_NO_WARNINGS NODE_DEBUG NEXT_TELEMETRY_DISABLED',
  ].flatMap((names) => names.split(' ')),
)
const isSystem = (name: string) => SYSTEM.has(name.toUpperCase()) || /^LC_[A-Z]+$/i.test(name)

/** Settings of the PostgreSQL client (`PGSSLMODE`, `PGPASSWORD` …), which may complete the operator's DATABASE_URL. */
const POSTGRES = /^PG[A-Z]+$/

type Environment = Record<string, string | undefined>

/**
 * The whole environment of a child. A setting that it must not know is empty, which counts as not set. If it were
 * missing, the child, or Next in it, would read it from the `.env` file.
 * @param from the launcher's environment, with the settings that it has computed
 */
export function childEnvironment(child: Child, from: Environment): NodeJS.ProcessEnv {
  const mayConnect = (child === 'web' || child === 'worker') && process.env.DATABASE_URL
  const system = Object.entries(from).filter(
    ([name]) => isSystem(name) || (mayConnect && POSTGRES.test(name)),
  )
  const settings = SETTINGS.map((name) => [name, SETTINGS_OF[child].includes(name) ? from[name] : ''])
  return {
    ...Object.fromEntries([...system, ...settings.filter(([, value]) => value !== undefined)]),
    NODE_ENV: from.NODE_ENV,
    // Threads share freed memory: 6 MB less in each process.
    MALLOC_ARENA_MAX: '1',
    TRACKSTAT_PROCESS: child,
  } as NodeJS.ProcessEnv
}

function without(...excluded: Setting[]): Setting[] {
  return SETTINGS.filter((name) => !excluded.includes(name))
}
