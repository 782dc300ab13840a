import { createTransport } from 'nodemailer'
import { z } from 'zod'

/**
 * What a tutorial on contact forms shows, for comparison: a route handler of Next with zod and one awaited `sendMail`.
 * Nothing is stored. Responds with 201.
 */
const Lead = z.object({
  name: z.string().min(1).max(200),
  email: z.email(),
  company: z.string().min(1).max(200),
  message: z.string().max(5000).optional(),
})

export async function POST(request) {
  const parsed = Lead.safeParse(await request.json().catch(() => undefined))
  if (!parsed.success) return Response.json(z.flattenError(parsed.error), { status: 422 })
  const { name, email, company, message = '' } = parsed.data
  await createTransport(process.env.SMTP_URL).sendMail({
    from: 'website@example.com',
    to: 'support@example.com',
    replyTo: email,
    subject: `Demo request from ${name}`,
    text: `${name} of ${company} (${email}) wrote:\n\n${message}`,
  })
  return Response.json({ ok: true }, { status: 201 })
}
