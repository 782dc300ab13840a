/** A row of the bench's table. */
export type Mark = {
  name: string
  /** As shown in the table, such as `≤ 8 ms`; empty if the figure only explains another one. */
  goal: string
  /** With its unit. */
  measured: string
  /** Whether the goal is met; undefined without a goal. */
  ok?: boolean
}

const WIDTHS = [50, 16, 22]

/** A row with an upper bound. @param show formats a figure with its unit */
export function atMost(name: string, most: number, measured: number, show: (value: number) => string): Mark {
  return { name, goal: `≤ ${show(most)}`, measured: show(measured), ok: measured <= most }
}

/** A row with a lower bound. */
export function atLeast(
  name: string,
  least: number,
  measured: number,
  show: (value: number) => string,
): Mark {
  return { name, goal: `≥ ${show(least)}`, measured: show(measured), ok: measured >= least }
}

/** A figure without a goal. */
export const figure = (name: string, measured: string): Mark => ({ name, goal: '', measured })

export const times = (value: number) => `${value.toFixed(2)} ×`
export const megabytes = (value: number) => `${Math.round(value)} MB`

function printRow(cells: string[]): void {
  console.log(
    cells
      .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
      .join(' ')
      .trimEnd(),
  )
}

/** Prints the table of section "Measured". */
export function printMarks(marks: Mark[]): void {
  printRow(['', 'goal', 'measured', ''])
  for (const { name, goal, measured, ok } of marks)
    printRow([name, goal, measured, ok === undefined ? '' : ok ? 'ok' : 'MISS'])
}
