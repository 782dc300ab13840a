import type { ReactNode } from 'react'
import { Figure } from './figure'

const back =
  'M28 26 C42 19 62 17 80 17 C98 17 118 19 132 26 C139 60 121 88 122 110 C123 134 133 150 135 174 L25 174 C27 150 37 134 38 110 C39 88 21 60 28 26Z'

/** Where pads are placed and currents flow; a diagram, not instructions. */
export function PlacementFigure({ children }: { children: ReactNode }) {
  return (
    <Figure
      name="Electrode placement, schematic"
      description="Two outlines of a person’s back. On the left, two pads lie on one side of the spine, and one current runs between them. On the right, four pads lie around an area, and two currents cross in it."
      height={222}
      caption={children}
    >
      <g>
        <Back label="Two pads" note="one current" />
        <path d="M62 92 L62 138" className="stroke-ochre" strokeWidth={3} />
        <Pad x={62} y={84} />
        <Pad x={62} y={146} />
      </g>
      <g transform="translate(180 0)">
        <Back label="Four pads" note="two currents that cross" />
        <circle cx={80} cy={114} r={17} className="fill-ochre" fillOpacity={0.22} />
        <path d="M54 88 L106 140" className="stroke-ochre" strokeWidth={3} />
        <path d="M106 88 L54 140" className="stroke-ochre" strokeWidth={3} strokeDasharray="6 5" />
        <Pad x={52} y={86} />
        <Pad x={108} y={86} />
        <Pad x={52} y={142} />
        <Pad x={108} y={142} />
      </g>
    </Figure>
  )
}

function Back({ label, note }: { label: string; note: string }) {
  return (
    <>
      <path d={back} className="fill-sunken stroke-control" strokeWidth={1.5} />
      <path d="M80 28 L80 168" className="stroke-control" strokeWidth={2} strokeDasharray="2 6" />
      <text x={80} y={196} textAnchor="middle" className="fill-ink font-semibold">
        {label}
      </text>
      <text x={80} y={214} textAnchor="middle" className="fill-muted">
        {note}
      </text>
    </>
  )
}

function Pad({ x, y }: { x: number; y: number }) {
  return <rect x={x - 13} y={y - 9} width={26} height={18} rx={5} className="fill-accent" />
}
