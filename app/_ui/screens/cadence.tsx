export type Week = 'kept' | 'late' | 'missed' | 'before'

/** Each state has its own shape, as color alone is not enough (WCAG 1.4.1). */
export function WeekMark({ week, x = 0 }: { week: Week; x?: number }) {
  const center = x + 8
  if (week === 'kept') return <circle cx={center} cy="8" r="6" className="fill-accent" />
  if (week === 'late') return <path d={`M${center} 1.5l6.5 11.5h-13Z`} className="fill-ochre" />
  if (week === 'before') return <circle cx={center} cy="8" r="1.75" className="fill-control" />
  return (
    <path
      d={`M${center - 5} 3l10 10M${center + 5} 3l-10 10`}
      className="stroke-danger"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
    />
  )
}

/** The marks of several weeks, 18 units apart. */
export function WeekMarks({ weeks }: { weeks: readonly Week[] }) {
  return weeks
    .map((week, i) => ({ week, x: i * 18 }))
    .map(({ week, x }) => <WeekMark key={x} week={week} x={x} />)
}

/** A patient's last weeks as a row of marks, the oldest on the left. */
export function CadenceStrip({ weeks }: { weeks: readonly Week[] }) {
  return (
    <svg
      viewBox={`0 0 ${weeks.length * 18} 16`}
      width={weeks.length * 18}
      height="16"
      role="img"
      aria-label={inWords(weeks)}
      className="h-4 w-36 max-w-full sm:h-[1.125rem] sm:w-[10.125rem]"
    >
      <WeekMarks weeks={weeks} />
    </svg>
  )
}

function inWords(weeks: readonly Week[]): string {
  const count = (kind: Week) => weeks.filter((week) => week === kind).length
  const parts = [
    [count('kept'), 'on plan'],
    [count('late'), 'below plan'],
    [count('missed'), 'with no visit'],
    [count('before'), 'before the first visit'],
  ] as const
  const words = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`)
  return `Weeks: ${words.join(', ')}`
}
