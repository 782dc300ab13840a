import { fileURLToPath } from 'node:url'
import { childEnvironment } from '#lib/launcher/environment'
import type { CatcherReady } from '#lib/mail/local-inbox'
import { type Kept, keepRunning } from '#lib/process/child'
import { StartError } from '#lib/process/ports'

const READY_MS = 20_000

/** The mail catcher, kept running, and where it listens. */
export type Inbox = { kept: Kept; ports(): CatcherReady }

/**
 * Starts the mail catcher; resolves when it takes mail.
 * @param onMoved it was started again and had to take other ports
 */
export async function keepInbox(
  folder: string,
  onSpawn: (pid: number) => void,
  onMoved: () => void,
): Promise<Inbox> {
  let ports: CatcherReady = { smtpPort: 1025, webPort: 1080 }
  let ready = false
  const started = Promise.withResolvers<void>()
  const kept = keepRunning({
    name: 'mail',
    args: [fileURLToPath(new URL('../mail/local-inbox.ts', import.meta.url))],
    env: () => ({
      ...childEnvironment('mail', process.env),
      MAIL_FOLDER: folder,
      MAIL_SMTP_PORT: String(ports.smtpPort),
      MAIL_WEB_PORT: String(ports.webPort),
    }),
    onSpawn,
    onMessage(message) {
      const now = message as CatcherReady
      const moved = ready && now.smtpPort !== ports.smtpPort
      ports = now
      ready = true
      started.resolve()
      if (moved) onMoved()
    },
  })
  const late = new StartError('The mail catcher did not start; what it said stands above.')
  const timer = setTimeout(() => started.reject(late), READY_MS)
  try {
    await started.promise
  } catch (error) {
    await kept.stop(0, AbortSignal.abort())
    throw error
  } finally {
    clearTimeout(timer)
  }
  return { kept, ports: () => ports }
}
