import { ImageResponse } from 'next/og'
import { site } from '#lib/site'

export const alt = `${site.name}: ${site.summary}`
export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'

const paper = '#fbfbf8'
const ink = '#14211c'
const accent = '#0b5f52'
const ochre = '#b35309'

// x, y, width of the five vertebrae of the mark on a grid of 24 by 28.
const bars = [
  [8.5, 1, 9],
  [5, 6.5, 11.5],
  [3.5, 12, 14],
  [5, 17.5, 16],
  [4.5, 23, 18.5],
] as const

/** The card that a shared link shows. Drawn at build with the font that Next brings: no network. */
export default function OpengraphImage() {
  return new ImageResponse(<Card />, size)
}

function Card() {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: 88,
        background: paper,
        color: ink,
        borderBottom: `24px solid ${accent}`,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 28, fontSize: 64 }}>
        <Mark />
        {site.name}
      </div>
      <div style={{ display: 'flex', fontSize: 62, lineHeight: 1.2, maxWidth: 980 }}>
        {site.summary.replace(/:.*$/, '')}
      </div>
      <div style={{ display: 'flex', fontSize: 34, color: accent }}>
        Engagement, retention, full schedules
      </div>
    </div>
  )
}

function Mark() {
  return (
    <svg width="96" height="112" viewBox="0 0 24 28" role="presentation">
      {bars.map(([x, y, width], i) => (
        <rect key={y} x={x} y={y} width={width} height="4" rx="2" fill={i === 2 ? ochre : accent} />
      ))}
    </svg>
  )
}
