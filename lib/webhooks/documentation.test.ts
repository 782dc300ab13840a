import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { sendWebhook } from '#lib/webhooks/send'
import { freePort } from '../../e2e/stack/stack.ts'

const documentation = readFileSync('docs/webhooks.md', 'utf8')

test('the receiver of the documentation takes what is signed, once, and refuses the rest', async () => {
  const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 's').toString('base64')}`
  const file = 'lib/webhooks/receiver-under-test.mjs'
  writeFileSync(file, /```js\n([\s\S]*?)```/.exec(documentation)?.[1] ?? '')
  const port = await freePort()
  const child = spawn('node', [file], { env: { ...process.env, WEBHOOK_SECRET, PORT: String(port) } })
  try {
    let said = ''
    child.stdout.on('data', (part) => {
      said += part
    })
    const { webhook } = parseConfig({
      WEBHOOK_URL: `http://localhost:${port}/`,
      WEBHOOK_SECRET,
      WEBHOOK_ALLOW: 'localhost',
    })
    if (!webhook) throw new Error('it has a receiver')
    const body = JSON.stringify({ type: 'lead.submitted', data: { reference: 'TS-7KQ2MX4P' } })
    await expect
      .poll(
        () =>
          sendWebhook(webhook, 'msg_1', body).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 5000 },
      )
      .toBe(204)
    expect((await sendWebhook(webhook, 'msg_1', body)).status).toBe(204)
    const stranger = { ...webhook, secret: `whsec_${Buffer.alloc(24, 'x').toString('base64')}` }
    expect((await sendWebhook(stranger, 'msg_2', body)).status).toBe(400)
    expect(said).toBe('lead.submitted TS-7KQ2MX4P\n')
  } finally {
    child.kill()
    await once(child, 'exit')
    rmSync(file)
  }
})

test('every example in the table is JSON with a reference', () => {
  const rows = [...documentation.matchAll(/^\| `([a-z.]+)` \|.*?\| (.*) \|$/gm)]
  expect(rows.map(([, type]) => type)).toHaveLength(8)
  for (const [, type, example] of rows) {
    const [json] = /\{.*\}/.exec(example ?? '') ?? []
    if (json)
      expect([type, JSON.parse(json)]).toEqual([
        type,
        expect.objectContaining({ reference: expect.any(String) }),
      ])
    else expect(example).toMatch(/"state":"/)
  }
})
