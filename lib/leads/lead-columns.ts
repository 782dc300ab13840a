import type { leads } from '#lib/db/schema'
import { type FieldWith, fieldNames, fieldOf } from '#lib/forms/fields'

type LeadColumn = FieldWith<{ column: true }>

/**
 * The columns of `leads` that store the latest answer to a field: the fields declared with `column: true`. Declaring one
 * without a column in `lib/db/schema.ts` is a type error here.
 */
export const leadColumns: (LeadColumn & keyof typeof leads.$inferSelect)[] = fieldNames.filter(
  (name): name is LeadColumn => fieldOf(name).column === true,
)
