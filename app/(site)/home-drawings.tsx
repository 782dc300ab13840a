import type { ReactNode } from 'react'
import { type Week, WeekMarks } from '#ui/screens/cadence'

/** Small decorative details of the drawn screens: a patient's weeks, a conversation, a week's times. */
function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 88 48" width="88" height="48" aria-hidden="true" className="figure h-12 w-[5.5rem]">
      {children}
    </svg>
  )
}

const sampleWeeks: Week[][] = [
  ['kept', 'kept', 'kept', 'kept', 'kept'],
  ['kept', 'kept', 'late', 'kept', 'late'],
  ['kept', 'kept', 'late', 'missed', 'missed'],
]

export function SeeDrawing() {
  return (
    <Drawing>
      {sampleWeeks.map((weeks, row) => (
        <g key={weeks.join()} transform={`translate(0 ${row * 17})`}>
          <WeekMarks weeks={weeks} />
        </g>
      ))}
    </Drawing>
  )
}

export function ReachDrawing() {
  return (
    <Drawing>
      <path
        d="M8 1.5h42a6.5 6.5 0 0 1 6.5 6.5v7a6.5 6.5 0 0 1-6.5 6.5H1.5V8A6.5 6.5 0 0 1 8 1.5Z"
        className="fill-surface stroke-control"
        strokeWidth="1.5"
      />
      <path d="M10 8.5h35M10 14.5h22" className="stroke-control" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M39 28.5h41a6.5 6.5 0 0 1 6.5 6.5v11.5H39a6.5 6.5 0 0 1-6.5-6.5v-5a6.5 6.5 0 0 1 6.5-6.5Z"
        className="fill-accent"
      />
      <path d="M41 37.5h28" className="stroke-on-accent" strokeWidth="2" strokeLinecap="round" />
    </Drawing>
  )
}

const times = [0, 1, 2, 3, 4].flatMap((day) => [0, 1, 2].map((time) => ({ day, time })))
const open = new Set(['0-1', '1-0', '2-2', '3-1', '4-2'])
const chosen = '3-0'

export function RunDrawing() {
  return (
    <Drawing>
      {times.map(({ day, time }) => {
        const slot = `${day}-${time}`
        return (
          <rect
            key={slot}
            x={day * 18 + 0.75}
            y={time * 17 + 0.75}
            width="14.5"
            height="12.5"
            rx="3"
            strokeWidth="1.5"
            className={slotClasses(slot)}
          />
        )
      })}
    </Drawing>
  )
}

function slotClasses(slot: string): string {
  if (slot === chosen) return 'fill-accent stroke-accent'
  return open.has(slot) ? 'fill-surface stroke-control' : 'fill-line stroke-line'
}
