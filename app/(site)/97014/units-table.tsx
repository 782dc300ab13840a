import { ArticleTable } from '#ui/article-table'

const rows = [
  ['Under 8 minutes', 'Not billed'],
  ['8 to 22 minutes', '1'],
  ['23 to 37 minutes', '2'],
  ['38 to 52 minutes', '3'],
  ['53 to 67 minutes', '4'],
] as const

export function UnitsTable() {
  return <ArticleTable caption="Units of a timed code" columns={['Minutes', 'Units']} rows={rows} />
}
