import * as z from 'zod'

/** SMTP_URL: the address of the mail server, with percent-encoded user name and password (RFC 3986 §3.2.1). */
export const smtpUrl = z
  .string()
  .refine(
    (value) => ['smtp:', 'smtps:'].includes(URL.parse(value)?.protocol ?? ''),
    'must be an address, for example smtps://user:password@mail.example.com:465',
  )
  .refine(
    hasDecodableCredentials,
    'must have %25 for each % of the user name and the password, for example smtps://user:50%25@mail.example.com:465',
  )

function hasDecodableCredentials(address: string): boolean {
  try {
    readCredentials(address)
    return true
  } catch {
    return false
  }
}

/** The decoded user name and password; both may be empty. @throws {URIError} if they are not valid percent-encoding */
export function readCredentials(address: string): { user: string; pass: string } {
  const { username = '', password = '' } = URL.parse(address) ?? {}
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
}
