import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listenNear } from '#lib/process/ports'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

test('servers that start at the same time get a port each', async () => {
  const preferred = 12_000 + Math.floor(Math.random() * 5_000)
  const ports = await Promise.all(
    Array.from({ length: 60 }, () => {
      const server = createServer()
      servers.push(server)
      return listenNear(server, preferred, '127.0.0.1')
    }),
  )
  expect(new Set(ports).size).toBe(60)
  // The last ones, which found all 50 used, got any.
  expect(ports.filter((port) => port >= preferred && port <= preferred + 50).length).toBeGreaterThan(30)
})
