import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { createTransport } from 'nodemailer'
import { z } from 'zod'

/**
 * A tutorial's handler for comparison: zod, one awaited `sendMail`, nothing is stored. It uses plain `node:http`, which
 * does less for each request than a route handler of Next. Responds with 201.
 */
const Lead = z.object({
  name: z.string().min(1).max(200),
  email: z.email(),
  company: z.string().min(1).max(200),
  message: z.string().max(5000).optional(),
})
const transport = createTransport(process.env.SMTP_URL)

const server = createServer(async (request, response) => {
  const answer = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const parsed = Lead.safeParse(await json(request).catch(() => undefined))
  if (!parsed.success) return answer(422, z.flattenError(parsed.error))
  const { name, email, company, message = '' } = parsed.data
  await transport.sendMail({
    from: 'website@example.com',
    to: 'support@example.com',
    replyTo: email,
    subject: `Demo request from ${name}`,
    text: `${name} of ${company} (${email}) wrote:\n\n${message}`,
  })
  answer(201, { ok: true })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
process.on('disconnect', () => process.exit())
