import { randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { drafts } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email-suggestion'
import { type FieldName, fieldOf } from '#lib/forms/fields'
import { attributionNames, type FormName, fieldsOf, isFormName, KEY_FIELD } from '#lib/forms/forms'
import { ATTRIBUTION_MAX } from '#lib/forms/page-attribution'
import type { FieldErrors } from '#lib/forms/submission-schema'
import { hashToken } from '#lib/guard/token'

/**
 * The cookie with the id of a draft: the rejected input of a visitor without JavaScript, stored while they correct it. The
 * input itself must not be in a URL or a cookie.
 */
export const DRAFT_COOKIE = 'ts_draft'

/** The cookie for the single-field forms of `/trial/check-email`. */
export const SINGLE_FIELD_COOKIE = 'ts_typed'
export type SingleFieldName = 'code' | 'address'
export type SingleFieldDraft = { form: SingleFieldName; value: string; error: string }

export type Draft = {
  form: FormName
  values: Record<string, string>
  errors: FieldErrors
  suggestion?: string
  /** Whether a value was too long and may have been cut. */
  cut: boolean
}

/** Limits on stored drafts, for one network and in all. */
const MAX_DRAFTS_PER_NETWORK = 100
const MAX_DRAFTS = 5000

/** Stores a form's input and errors for a day. @returns the cookie's value */
export function keepDraft(
  form: FormName,
  sent: Record<string, unknown>,
  errors: FieldErrors,
  network: string,
) {
  return keep({ form, values: keptValues(form, sent), errors: keptErrors(form, errors), network })
}

/** Stores the input of a single-field form and its error for a day. @returns the cookie's value */
export function keepSingleField({ form, value, error }: SingleFieldDraft, network: string): Promise<string> {
  return keep({ form, values: { typed: value }, errors: { typed: [error] }, network })
}

type NewDraft = Omit<typeof drafts.$inferInsert, 'idHash' | 'expiresAt'> & { network: string }

/**
 * Stores a draft; beyond the limits the oldest ones are deleted. That does little harm: a draft is needed only until
 * `/review` is shown, and a network that sends many loses only its own.
 */
async function keep({ form, values, errors, network }: NewDraft): Promise<string> {
  const id = randomBytes(24).toString('base64url')
  const row = { idHash: hashToken(id), form, values: withoutNul(values), errors: withoutNul(errors), network }
  await database()
    .insert(drafts)
    .values({ ...row, expiresAt: sql`now() + interval '1 day'` })
  await deleteExcess(network)
  return id
}

/** Deletes drafts beyond the limits. Runs after each insert, without locks: of concurrent runs, the last one sees all drafts. */
async function deleteExcess(network: string): Promise<void> {
  await database().execute(sql`
    delete from drafts
    where expires_at <= (select expires_at from drafts order by expires_at desc offset ${MAX_DRAFTS} limit 1)
      or (network = ${network} and expires_at <= (select expires_at from drafts where network = ${network}
        order by expires_at desc offset ${MAX_DRAFTS_PER_NETWORK} limit 1))`)
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

/** Deletes a draft of this form. @returns whether there was one */
export async function deleteDraft(id: string | undefined, form: string): Promise<boolean> {
  if (!id || id.length > 64) return false
  const { rowCount } = await database()
    .delete(drafts)
    .where(and(eq(drafts.idHash, hashToken(id)), eq(drafts.form, form)))
  return rowCount !== 0
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

/** UTF-16 code units stored beyond a field's limit, so that the visitor can shorten the text. */
const EXTRA_LENGTH = 50

/** How much of a field a draft stores, in UTF-16 code units: for a message twice its limit. */
function boundOf(name: FieldName): number {
  const { kind, max } = fieldOf(name)
  return kind === 'text' ? 2 * max : max + EXTRA_LENGTH
}

/** The values that a draft stores: the form's own fields and the attribution, each cut to its bound. */
function keptValues(form: FormName, sent: Record<string, unknown>): Record<string, string> {
  const bounds: [string, number][] = [
    ...fieldsOf(form).map(({ name }): [string, number] => [name, boundOf(name)]),
    ...attributionNames.map((name): [string, number] => [name, ATTRIBUTION_MAX]),
  ]
  const kept = bounds
    .filter(([name]) => Object.hasOwn(sent, name) && sent[name] !== undefined)
    .map(([name, bound]) => [name, String(sent[name]).slice(0, bound)])
  return Object.fromEntries(kept)
}

/** Whether a stored value may have been cut. */
function isCut(form: FormName, values: Record<string, string>): boolean {
  return fieldsOf(form).some(({ name }) => (values[name]?.length ?? 0) >= boundOf(name))
}

/** The errors of known fields. If there are none, one message about unknown fields, which the form will not send again. */
function keptErrors(form: FormName, errors: FieldErrors): FieldErrors {
  const known: string[] = ['form', KEY_FIELD, ...fieldsOf(form).map(({ name }) => name)]
  const kept = Object.entries(errors).filter(([name]) => known.includes(name))
  if (kept.length > 0) return Object.fromEntries(kept)
  return {
    form: ['Something was sent that this form doesn’t ask for. Check your answers and send them again.'],
  }
}
