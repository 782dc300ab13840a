import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test } from 'vitest'
import { type Inbox, openInbox } from '#lib/mail/inbox/inbox'

async function open(): Promise<Inbox> {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-inbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return openInbox(folder)
}

test('a mail above 25 MB is refused with 552 and not kept; the next mail is', async () => {
  const inbox = await open()
  onTestFinished(inbox.close)
  const send = (bytes: number) =>
    createTransport(inbox.smtpUrl).sendMail({
      envelope: { from: 'a@example.com', to: 'b@example.com' },
      raw: `Subject: Long\r\n\r\n${`${'x'.repeat(98)}\r\n`.repeat(bytes / 100)}`,
    })
  await expect(send(26 * 1024 * 1024)).rejects.toMatchObject({ responseCode: 552, command: 'DATA' })
  expect(readdirSync(inbox.folder)).toEqual([])
  await send(1000)
  expect(readdirSync(inbox.folder)).toHaveLength(1)
})

test('it closes soon, also while a client stays connected', async () => {
  const inbox = await open()
  const client = connect(Number(new URL(inbox.smtpUrl).port), '127.0.0.1')
  onTestFinished(() => void client.destroy())
  await once(client, 'data')
  const began = performance.now()
  await inbox.close()
  expect(performance.now() - began).toBeLessThan(15_000)
})
