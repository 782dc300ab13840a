import { samplePatients } from '#ui/screens/weekly-report'

/** The light colors of app/globals.css: a social card has no dark scheme. */
export const ink = {
  paper: '#fbfbf8',
  surface: '#ffffff',
  line: '#d6ddd6',
  text: '#14211c',
  muted: '#48564f',
  accent: '#0b5f52',
  ochre: '#b35309',
  danger: '#a8200d',
  quiet: '#6c7a73',
}

/** The renderer lays out no element with several children unless it is a flex box. */
export const column = { display: 'flex', flexDirection: 'column', position: 'absolute' } as const

const STEP = 44

/** The card's drawing: marks of the weekly patients report, one for each week, cut off at the edge. */
export function CardReport() {
  const place = { left: 744, top: 72, width: 520, height: 600 }
  const panel = { borderRadius: 20, border: `2px solid ${ink.line}`, background: ink.surface }
  return (
    <div style={{ ...column, ...place, ...panel, padding: '32px 40px' }}>
      <div style={{ display: 'flex', fontSize: 26, fontWeight: 700 }}>Weekly patients report</div>
      <div style={{ display: 'flex', marginTop: 4, fontSize: 22, color: ink.ochre }}>Sample data</div>
      {samplePatients.map(({ weeks }) => (
        <div
          key={weeks}
          style={{ display: 'flex', marginTop: 18, paddingTop: 22, borderTop: `2px solid ${ink.line}` }}
        >
          <svg
            width={STEP * weeks.length}
            height="36"
            viewBox={`0 0 ${STEP * weeks.length} 36`}
            role="presentation"
          >
            {[...weeks].map(drawWeek)}
          </svg>
        </div>
      ))}
    </div>
  )
}

/** Called as a function: the renderer takes no components within an SVG. */
function drawWeek(week: string, at: number) {
  const x = at * STEP + 18
  if (week === 'k') return <circle key={x} cx={x} cy="18" r="14" fill={ink.accent} />
  if (week === 'l') return <path key={x} d={`M${x} 3l15 27h-30Z`} fill={ink.ochre} />
  if (week === 'b') return <circle key={x} cx={x} cy="18" r="4" fill={ink.quiet} />
  return (
    <path
      key={x}
      d={`M${x - 11} 7l22 22M${x + 11} 7l-22 22`}
      fill="none"
      stroke={ink.danger}
      strokeWidth="7"
      strokeLinecap="round"
    />
  )
}
