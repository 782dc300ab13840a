import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy of the site that sends scripts only once they are released, for browsers that can't delay requests. */
export async function withLateScripts(site: string) {
  const released = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('.js')) await released.promise
    const answer = await fetch(site + request.url, { headers: { cookie: request.headers.cookie ?? '' } })
    const { 'content-encoding': _, 'content-length': __, ...headers } = Object.fromEntries(answer.headers)
    response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    release: () => released.resolve(),
    close: () => {
      released.resolve()
      server.closeAllConnections()
      server.close()
    },
  }
}
