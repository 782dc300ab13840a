import { randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { drafts } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email'
import { type FormName, isFormName } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/submission-schema'
import { hashToken } from '#lib/guard/token'
import { isCut, keptErrors, keptValues } from '#lib/leads/draft-values'

/**
 * The cookie with the id of a draft: the input of a visitor without JavaScript, kept while they correct errors. The input
 * itself must not stand in a URL or a cookie.
 */
export const DRAFT_COOKIE = 'ts_draft'

/** The cookie for the single-field forms of `/trial/check-email`. */
export const TYPED_COOKIE = 'ts_typed'
export type SingleFieldName = 'code' | 'address'
export type SingleFieldDraft = { form: SingleFieldName; value: string; error: string }

export type Draft = {
  form: FormName
  values: Record<string, string>
  errors: FieldErrors
  suggestion?: string
  /** Whether a value was far too long and may have been cut. */
  cut: boolean
}

/** The most drafts that are kept for one network, and in all. */
const MOST_OF_NETWORK = 100
const MOST = 5000

/** Keeps a form's input and errors for a day. Returns the cookie's value. */
export function keepDraft(
  form: FormName,
  sent: Record<string, unknown>,
  errors: FieldErrors,
  client: string,
) {
  return keep({ form, values: keptValues(form, sent), errors: keptErrors(form, errors), client })
}

/** Keeps the input of a single-field form and its error for a day. Returns the cookie's value. */
export function keepSingleField({ form, value, error }: SingleFieldDraft, client: string): Promise<string> {
  return keep({ form, values: { typed: value }, errors: { typed: [error] }, client })
}

type Row = Omit<typeof drafts.$inferInsert, 'idHash' | 'expiresAt'> & { client: string }

/**
 * Beyond the limits the oldest drafts are deleted. A draft is needed only until `/review` is shown, which has the values
 * in its form; a network that sends many loses its own.
 */
async function keep({ form, values, errors, client }: Row): Promise<string> {
  const id = randomBytes(24).toString('base64url')
  const row = { idHash: hashToken(id), form, values: withoutNul(values), errors: withoutNul(errors), client }
  await database()
    .insert(drafts)
    .values({ ...row, expiresAt: sql`now() + interval '1 day'` })
  await makeRoom(client)
  return id
}

/** Runs after each insert, without locks: of many at once the last one sees and counts all. */
async function makeRoom(client: string): Promise<void> {
  await database().execute(sql`
    delete from drafts
    where expires_at <= (select expires_at from drafts order by expires_at desc offset ${MOST} limit 1)
      or (client = ${client} and expires_at <= (select expires_at from drafts where client = ${client}
        order by expires_at desc offset ${MOST_OF_NETWORK} limit 1))`)
}

export async function readDraft(id: string | undefined): Promise<Draft | undefined> {
  const row = await find(id)
  if (!row || !isFormName(row.form)) return undefined
  return {
    form: row.form,
    values: row.values,
    errors: row.errors,
    suggestion: suggestEmail(row.values.email ?? ''),
    cut: isCut(row.form, row.values),
  }
}

/** The rejected input of a single-field form, with its error. */
export async function readSingleField(id: string | undefined): Promise<SingleFieldDraft | undefined> {
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

/** Replaces NUL and lone surrogates, which PostgreSQL's jsonb rejects. */
function withoutNul<T>(value: T): T {
  const json = JSON.stringify(value, (_, part) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part,
  )
  return JSON.parse(json)
}
