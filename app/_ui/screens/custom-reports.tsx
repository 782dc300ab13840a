import { ScreenFrame } from '#ui/screens/frame'

const reports = [
  { name: 'New patients', values: [9, 12, 11, 15, 14, 18] },
  { name: 'Conversion', values: [12, 11, 14, 13, 16, 17] },
  { name: 'Reactivation', values: [5, 6, 5, 9, 11, 10] },
  { name: 'Collections', values: [13, 12, 15, 14, 15, 17] },
]
const months = ['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov']

/**
 * Custom reports: four of the figures that a practice can follow from month to month. The latest month is only darker
 * and not ochre, which means "below plan" in the weekly report.
 */
export function CustomReportsScreen() {
  return (
    <ScreenFrame title="Custom reports">
      <ul className="grid gap-4 sm:grid-cols-2">
        {reports.map(({ name, values }) => (
          <li key={name} className="rounded-control border border-line p-3">
            <p className="text-sm font-semibold">{name}</p>
            <Bars name={name} values={values} />
          </li>
        ))}
      </ul>
    </ScreenFrame>
  )
}

function Bars({ name, values }: { name: string; values: number[] }) {
  const [first = 0, last = 0] = [values[0], values.at(-1)]
  return (
    <svg
      viewBox="0 0 216 92"
      width="216"
      height="92"
      role="img"
      aria-label={`${name}, June to November, sample data: ${last > first ? 'up' : 'down'} overall`}
      className="mt-2 h-auto w-full"
    >
      <path d="M0 72.5H216" className="stroke-control" stroke="currentColor" />
      {months.map((month, i) => {
        const height = (values[i] ?? 0) * 3.6
        const newest = i === months.length - 1
        return (
          <g key={month}>
            <rect
              x={i * 36 + 7}
              y={72 - height}
              width="22"
              height={height}
              rx="3"
              className={newest ? 'fill-accent' : 'fill-accent/65'}
            />
            <text x={i * 36 + 18} y="88" textAnchor="middle" fontSize="12" className="fill-muted">
              {month}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
