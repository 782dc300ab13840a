import type { leads } from '#lib/db/schema'
import { type FieldWith, fieldNames, fieldOf } from '#lib/forms/fields'

type LeadColumn = FieldWith<{ column: true }>

/**
 * The columns of `leads` that hold the latest answer to a field, by the declaration. A field that is declared with a
 * column which `lib/db/schema.ts` does not have is a type error here.
 */
export const leadColumns: (LeadColumn & keyof typeof leads.$inferSelect)[] = fieldNames.filter(
  (name): name is LeadColumn => fieldOf(name).column === true,
)
