import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findEmbedded, startEmbedded } from '#lib/postgres/server'
import { freePort } from '../../e2e/stack/free-port.ts'
import { launch, makeProject } from '../../e2e/stack/launcher-project.ts'

/** A start that is ended after the build, while the database is prepared. */
test('a start that is ended right after its build prints no error and leaves no database', async () => {
  const project = makeProject()
  const data = join(project, 'data')
  onTestFinished(async () => {
    if (await findEmbedded(data)) await (await startEmbedded(data)).stop()
    rmSync(project, { recursive: true, force: true })
  })
  const { child, output, ended } = launch(project, { PORT: String(await freePort()) })
  await expect.poll(output, { interval: 5 }).toMatch(/Built in \d+ s\.\n/)
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
  expect(output()).not.toMatch(/Error|^ +at /m)
  expect(output()).not.toContain('Ctrl-C')
  expect(await findEmbedded(data)).toBeUndefined()
})
