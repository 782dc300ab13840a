import { randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { drafts } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email'
import { type FormName, isFormName } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/schema'
import { hashToken } from '#lib/guard/token'

/**
 * What a visitor without JavaScript typed, kept while the errors are corrected. It lives here under an
 * id in a cookie, because neither an address nor a cookie is a place for somebody's message.
 */
export const DRAFT_COOKIE = 'ts_draft'

/** The two small forms of `/trial/check-email`. */
export const TYPED_COOKIE = 'ts_typed'
export type SlipName = 'code' | 'address'
export type Slip = { form: SlipName; value: string; error: string }

export type Draft = {
  form: FormName
  values: Record<string, string>
  errors: FieldErrors
  suggestion?: string
}

/** Keeps a draft for a day. Answers the cookie's value. */
export async function keepDraft(
  form: FormName | SlipName,
  values: Record<string, string>,
  errors: FieldErrors,
) {
  const id = randomBytes(24).toString('base64url')
  const row = { idHash: hashToken(id), form, values: withoutNul(values), errors: withoutNul(errors) }
  await database()
    .insert(drafts)
    .values({ ...row, expiresAt: sql`now() + interval '1 day'` })
  return id
}

export async function readDraft(id: string | undefined): Promise<Draft | undefined> {
  const row = await find(id)
  if (!row || !isFormName(row.form)) return undefined
  return {
    form: row.form,
    values: row.values,
    errors: row.errors,
    suggestion: suggestEmail(row.values.email ?? ''),
  }
}

/** What was typed into one of the small forms and was wrong, with why. */
export async function readSlip(id: string | undefined): Promise<Slip | undefined> {
  const row = await find(id)
  if (row?.form !== 'code' && row?.form !== 'address') return undefined
  return { form: row.form, value: row.values.typed ?? '', error: row.errors.typed?.[0] ?? '' }
}

async function find(id: string | undefined) {
  if (!id || id.length > 64) return undefined
  const [row] = await database()
    .select()
    .from(drafts)
    .where(and(eq(drafts.idHash, hashToken(id)), gt(drafts.expiresAt, sql`now()`)))
  return row
}

/** PostgreSQL's jsonb takes neither NUL nor half a surrogate pair; here they stand in somebody's typing. */
function withoutNul<T>(value: T): T {
  const json = JSON.stringify(value, (_, part) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part,
  )
  return JSON.parse(json)
}
