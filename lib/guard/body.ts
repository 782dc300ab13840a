/** The largest body of a submission, in bytes: eight times the longest message in UTF-8. */
export const BODY_LIMIT = 64 * 1024

/** The body is rejected; `status` is the HTTP status. */
export class BodyRefused extends Error {
  override name = 'BodyRefused'
  readonly status: 400 | 413 | 415
  /** The fields of a form as far as they can be read, to be shown to the person who typed them. */
  readonly values: Record<string, string> | undefined
  constructor(status: 400 | 413 | 415, message: string, read?: Uint8Array) {
    super(message)
    this.status = status
    if (read) this.values = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(read)))
  }
}

/** A parsed body. Values of a form are strings; those of JSON are not checked yet. */
export type ParsedBody = { kind: 'form' | 'json'; values: Record<string, unknown> }

/** A value if it is a string, else an empty string. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** How the body is encoded, by its media type. @throws {BodyRefused} 415 for any other */
export function readMediaType(contentType: string | null, encoding: string | null): ParsedBody['kind'] {
  if (encoding && encoding.toLowerCase() !== 'identity')
    throw new BodyRefused(415, 'Send the body as it is, not compressed.')
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  if (charset && charset !== 'utf-8' && charset !== 'utf8')
    throw new BodyRefused(415, 'Send the body in UTF-8.')
  if (type === 'application/json') return 'json'
  if (type === 'application/x-www-form-urlencoded') return 'form'
  throw new BodyRefused(415, 'Send application/json or application/x-www-form-urlencoded.')
}

/** Reads at most `BODY_LIMIT` bytes. Counts them, because Content-Length may be wrong. @throws {BodyRefused} 413 */
export async function readBytes(stream: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength
    chunks.push(chunk)
    if (size > BODY_LIMIT)
      throw new BodyRefused(413, 'This is more than 64 KiB. Shorten the message.', Buffer.concat(chunks))
  }
  return Buffer.concat(chunks)
}

/** The fields of a body. @throws {BodyRefused} 400 where it is not valid or has a field twice */
export function parseBody(bytes: Uint8Array, kind: ParsedBody['kind']): ParsedBody {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BodyRefused(400, 'The body is not valid UTF-8.', bytes)
  }
  return { kind, values: kind === 'json' ? parseJson(text) : parseForm(text, bytes) }
}

function parseJson(text: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new BodyRefused(400, 'The body is not valid JSON.')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new BodyRefused(400, 'The body must be one JSON object.')
  const nested = Object.values(parsed).some((value) => typeof value === 'object' && value !== null)
  // JSON.parse silently keeps the last of two equal names.
  if (!nested && countNames(text) !== Object.keys(parsed).length)
    throw new BodyRefused(400, 'A field is there twice.')
  return parsed as Record<string, unknown>
}

/**
 * The number of names in the text of a flat JSON object: string tokens followed by a colon. The closing quote is optional
 * in the pattern, which keeps its time linear for any text.
 */
function countNames(flat: string): number {
  return [...flat.matchAll(/"(?:[^"\\]|\\.)*(?:"\s*(:?))?/gs)].filter(([, colon]) => colon).length
}

function parseForm(text: string, bytes: Uint8Array): Record<string, string> {
  // URLSearchParams would replace percent-encoded bytes that are not UTF-8 by U+FFFD.
  if (!isPercentUtf8(text)) throw new BodyRefused(400, 'The form is not valid UTF-8.', bytes)
  const values: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in values) throw new BodyRefused(400, 'A field is there twice.', bytes)
    values[name] = value
  }
  return values
}

function isPercentUtf8(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'))
    return true
  } catch {
    return false
  }
}
