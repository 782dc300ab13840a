import { ImageResponse } from 'next/og'
import { site } from '#lib/site'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'

const paper = '#fbfbf8'
const ink = '#14211c'
const muted = '#48564f'
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

/**
 * The card that a shared link shows: the page's title with our name and mark, a PNG of 1200 by 630. Drawn
 * at build with local fonts: no network.
 */
export function socialCard(title: string, subtitle?: string): ImageResponse {
  return new ImageResponse(<Card title={title} subtitle={subtitle} />, size)
}

function Card({ title, subtitle }: { title: string; subtitle: string | undefined }) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '72px 88px',
        background: paper,
        color: ink,
        borderBottom: `24px solid ${accent}`,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 24, fontSize: 52 }}>
        <Mark />
        {site.name}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 24, maxWidth: 1024 }}>
        <div style={{ display: 'flex', fontSize: title.length < 24 ? 104 : 68, lineHeight: 1.1 }}>
          {title}
        </div>
        {subtitle && (
          <div style={{ display: 'flex', fontSize: 36, lineHeight: 1.35, color: muted }}>{subtitle}</div>
        )}
      </div>
      <div style={{ display: 'flex', fontSize: 32, color: accent }}>
        Engagement, retention, full schedules
      </div>
    </div>
  )
}

function Mark() {
  return (
    <svg width="72" height="84" viewBox="0 0 24 28" role="presentation">
      {bars.map(([x, y, width], i) => (
        <rect key={y} x={x} y={y} width={width} height="4" rx="2" fill={i === 2 ? ochre : accent} />
      ))}
    </svg>
  )
}
