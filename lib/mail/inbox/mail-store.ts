import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Email } from 'postal-mime'
import writeFileAtomic from 'write-file-atomic'

/** A mail in the list. `at`: time of arrival, ISO 8601. */
export type Summary = { id: string; at: string; from: string; to: string; subject: string }

const MAX_SHOWN = 200
const NAME = /^(\d{13}-[0-9a-f-]{36})\.eml$/

/** The inbox's mails: a folder of `.eml` files, named by the time of arrival. */
export class MailStore {
  readonly #folder: string
  readonly #known = new Map<string, Summary>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
  }

  async keep(mail: Buffer): Promise<void> {
    await writeFileAtomic(join(this.#folder, `${Date.now()}-${randomUUID()}.eml`), mail, { mode: 0o600 })
  }

  /** The newest 200, newest first. */
  async list(): Promise<Summary[]> {
    const ids = (await readdir(this.#folder)).flatMap((name) => NAME.exec(name)?.[1] ?? [])
    const summaries: Summary[] = []
    for (const id of ids.sort().reverse().slice(0, MAX_SHOWN)) summaries.push(await this.#summarize(id))
    return summaries
  }

  /** @returns the bytes as received, or undefined where there is no such mail */
  async raw(id: string): Promise<Buffer | undefined> {
    if (!NAME.test(`${id}.eml`)) return undefined
    return readFile(join(this.#folder, `${id}.eml`)).catch(() => undefined)
  }

  async #summarize(id: string): Promise<Summary> {
    const known = this.#known.get(id)
    if (known) return known
    const mail = await parseMail((await this.raw(id)) ?? Buffer.alloc(0))
    const summary = { id, at: new Date(Number(id.slice(0, 13))).toISOString(), ...headersOf(mail) }
    this.#known.set(id, summary)
    return summary
  }
}

/** Loads the parser on first use, so that the launcher stays small. */
export async function parseMail(raw: Buffer): Promise<Email> {
  const { default: PostalMime } = await import('postal-mime')
  return PostalMime.parse(raw)
}

export function headersOf({ from, to = [], subject = '' }: Email): Omit<Summary, 'id' | 'at'> {
  return { from: addressOf(from), to: to.map(addressOf).join(', '), subject }
}

const addressOf = (mailbox?: { name?: string; address?: string }) =>
  mailbox ? [mailbox.name, mailbox.address && `<${mailbox.address}>`].filter(Boolean).join(' ') : ''
