import { readFileSync } from 'node:fs'
import { ImageResponse } from '@vercel/og'
import { bars, letters } from '#ui/layout/wordmark'
import { CardReport, column, ink } from '#ui/social-card/report'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'

const fonts = () =>
  ([400, 700] as const).map((weight) => ({
    name: 'Atkinson Hyperlegible Next',
    weight,
    style: 'normal' as const,
    data: readFileSync(`app/_ui/social-card/typeface-${weight}.ttf`),
  }))

/**
 * The social card of a page (Open Graph): logo, title, subtitle, and a drawing of the weekly report. A PNG of 1200
 * by 630, rendered at build with the site's typeface and without network.
 */
export function socialCard(title: string, subtitle: string): ImageResponse {
  return new ImageResponse(<SocialCard title={title} subtitle={subtitle} />, { ...size, fonts: fonts() })
}

/** Titles start at the same height whatever their length, so that all cards look alike. */
const TITLE_TOP = 208

function SocialCard({ title, subtitle }: { title: string; subtitle: string }) {
  const fontSize = title.length <= 16 ? 80 : 60
  return (
    <div style={{ display: 'flex', width: '100%', height: '100%', background: ink.paper, color: ink.text }}>
      <div style={{ ...column, left: 72, top: 72 }}>
        <CardWordmark />
      </div>
      <div style={{ ...column, gap: 24, left: 72, top: TITLE_TOP, width: 600 }}>
        <div style={{ fontSize, fontWeight: 700, lineHeight: 1.08, letterSpacing: '-0.025em' }}>{title}</div>
        <div style={{ fontSize: 32, lineHeight: 1.35, color: ink.muted }}>{subtitle}</div>
      </div>
      <CardReport />
      <div style={{ ...column, left: 0, bottom: 0, width: '100%', height: 20, background: ink.accent }} />
    </div>
  )
}

function CardWordmark() {
  return (
    <svg width="298" height="56" viewBox="0 0 149 28" role="presentation">
      {bars.map(([x, y, width, tracked]) => (
        <rect key={y} x={x} y={y} width={width} height="4" rx="2" fill={tracked ? ink.ochre : ink.accent} />
      ))}
      <path
        d={letters.join('')}
        transform="translate(33 1)"
        fill="none"
        stroke={ink.text}
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
