import * as z from 'zod'
import { parseEmail } from '#lib/forms/email'

/** `a@b.example` or `Name <a@b.example>`. */
export type Mailbox = { name: string; address: string }

/** Schema of a setting with one address, with or without a name. */
export const mailbox = z.string().transform((value, context): Mailbox => {
  const [, name = '', bracketed] = /^(.*?)<([^<>]*)>$/s.exec(value.trim()) ?? []
  const address = parseEmail(bracketed ?? value)?.address
  // A line break in the sender's name would add a header to every mail.
  if (address && !/\p{Cc}/u.test(name)) return { name: name.trim().replace(/^"|"$/g, ''), address }
  context.addIssue('must be one address, for example TrackStat <support@trackstat.org>')
  return z.NEVER
})

/** Schema of a setting with one or more addresses, comma-separated. */
export const mailboxes = z.string().transform((value, context) => {
  const parsed = value.split(',').map((part) => parseEmail(part)?.address)
  if (parsed.length && parsed.every((address) => address !== undefined)) return parsed as string[]
  context.addIssue('must be addresses with commas between them, for example support@trackstat.org')
  return z.NEVER
})
