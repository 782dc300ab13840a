import type { ReactNode } from 'react'
import { Figure } from './figure'

const START = 8
const PER_MINUTE = 5.4
const at = (minute: number) => START + minute * PER_MINUTE

/** Units of a timed code, from none to four, by the minute from which they count (Medicare's 8-minute rule). */
const steps = [
  { from: 0, to: 8, opacity: 0 },
  { from: 8, to: 23, opacity: 0.16 },
  { from: 23, to: 38, opacity: 0.3 },
  { from: 38, to: 53, opacity: 0.44 },
  { from: 53, to: 60, opacity: 0.58 },
]

/** Units of an untimed and a timed code over the same hour. */
export function TimingFigure({ children }: { children: ReactNode }) {
  return (
    <Figure
      name="Untimed and timed codes over one hour"
      description="Two bars over the same hour. The upper one, 97014, is a single block: one unit from the first minute to the last. The lower one, a timed code, rises in steps: no unit before minute 8, one from 8, two from 23, three from 38, four from 53."
      height={172}
      caption={children}
    >
      <text x={START} y={16} className="fill-ink font-semibold">
        97014, untimed
      </text>
      <Bar from={0} to={60} opacity={0.3} />
      <text x={at(30)} y={44} textAnchor="middle" className="fill-ink">
        1 unit, no matter how many minutes
      </text>
      <text x={START} y={84} className="fill-ink font-semibold">
        A timed code: units by minutes
      </text>
      {steps.map(({ from, to, opacity }, units) => (
        <g key={from} transform="translate(0 68)">
          <Bar from={from} to={to} opacity={opacity} />
          <text x={at((from + to) / 2)} y={44} textAnchor="middle" className="fill-ink font-semibold">
            {units}
          </text>
        </g>
      ))}
      {steps.slice(1).map(({ from }) => (
        <text key={from} x={at(from)} y={140} textAnchor="middle" className="fill-muted">
          {from}
        </text>
      ))}
      <text x={at(30)} y={162} textAnchor="middle" className="fill-muted">
        minutes of one-to-one work
      </text>
    </Figure>
  )
}

function Bar({ from, to, opacity }: { from: number; to: number; opacity: number }) {
  return (
    <rect
      x={at(from)}
      y={24}
      width={(to - from) * PER_MINUTE}
      height={30}
      className="fill-accent stroke-accent"
      fillOpacity={opacity}
      strokeWidth={1.5}
    />
  )
}
