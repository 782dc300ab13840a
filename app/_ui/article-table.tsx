type Props = {
  caption: string
  columns: readonly string[]
  /** The first cell of each row is its heading. */
  rows: readonly (readonly string[])[]
  /** The heading of the row to bring out. */
  marked?: string
}

/**
 * A table of the article. It stays a table on the narrowest screen, in smaller type: rows that are
 * laid out as cards lose their meaning for some screen readers.
 */
export function ArticleTable({ caption, columns, rows, marked }: Props) {
  return (
    <table className="max-sm:text-sm [&_:is(th,td):first-child]:pl-2.5 max-sm:[&_:is(th,td)]:pr-2.5">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([heading = '', ...cells]) => (
          <tr key={heading} className={heading === marked ? 'bg-accent-soft font-semibold' : undefined}>
            <th scope="row" className="font-semibold">
              {heading}
            </th>
            {cells.map((cell, i) => (
              <td key={columns[i + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
