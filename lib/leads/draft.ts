import { randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { drafts } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email'
import { type FormName, isFormName } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/schema'
import { hashToken } from '#lib/guard/token'
import { isCut, keptErrors, keptValues } from '#lib/leads/draft-values'

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
  /** Whether something of what was typed may be missing, because it was far too long. */
  cut: boolean
}

/** The most drafts that are kept of one network, and in all. */
const MOST_OF_NETWORK = 100
const MOST = 5000

/** Keeps what of a form can be corrected, for a day. Answers the cookie's value. */
export function keepDraft(
  form: FormName,
  sent: Record<string, unknown>,
  errors: FieldErrors,
  client: string,
) {
  return keep({ form, values: keptValues(form, sent), errors: keptErrors(form, errors), client })
}

/** Keeps what was typed into one of the small forms, and why it was not taken. */
export function keepSlip({ form, value, error }: Slip, client: string): Promise<string> {
  return keep({ form, values: { typed: value }, errors: { typed: [error] }, client })
}

type Row = Omit<typeof drafts.$inferInsert, 'idHash' | 'expiresAt'> & { client: string }

/**
 * Beyond the bounds the oldest make room. They are needed for the moment until `/review` is shown, from where on the
 * browser has everything in its form; so a network that sends many hurts nobody but itself.
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

/** After each insert, so that of many at once the last one sees, and counts, all of them: none waits for another. */
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
