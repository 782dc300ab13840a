import type { ReactNode } from 'react'

/** SVG paths on a grid of 24 by 24. */
const glyphs = {
  send: 'M20.5 3.5 10.5 13.5M20.5 3.5 14 20.5l-3.5-7-7-3.5Z',
  mail: 'M3.5 5.5h17v13h-17ZM4 6l8 7 8-7',
  run: 'M8 5.5v13l10.5-6.5Z',
  bell: 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5ZM10 21h4M12 3.5v2',
  flag: 'M6 21V4M6 4.5h12l-3 4 3 4H6',
}

const styles = {
  passed: { disc: 'fill-accent stroke-accent', ink: 'stroke-on-accent', line: 'border-solid border-accent' },
  here: {
    disc: 'fill-accent-soft stroke-accent',
    ink: 'stroke-accent',
    line: 'border-dashed border-control',
  },
  ahead: { disc: 'fill-surface stroke-control', ink: 'stroke-muted', line: 'border-dashed border-control' },
}

type Props = { glyph: keyof typeof glyphs; name: string; progress: keyof typeof styles; children: ReactNode }

/** One step of a trial. The drawing is decorative: text and order carry the meaning. */
export function TrialStep({ glyph, name, progress, children }: Props) {
  return (
    <li
      aria-current={progress === 'here' ? 'step' : undefined}
      className="group relative grid grid-cols-[2.75rem_minmax(0,1fr)] gap-3 pb-5 last:pb-0"
    >
      <span
        aria-hidden="true"
        className={`absolute top-12 bottom-1 left-[1.3125rem] border-l-2 group-last:hidden ${styles[progress].line}`}
      />
      <Disc glyph={glyph} progress={progress} />
      <div className="pt-0.5">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
          {name}
          {progress === 'here' && (
            <span className="rounded-control border border-accent bg-accent-soft px-2 text-sm text-accent">
              You are here
            </span>
          )}
        </p>
        <div className="text-sm text-muted">{children}</div>
      </div>
    </li>
  )
}

function Disc({ glyph, progress }: Pick<Props, 'glyph' | 'progress'>) {
  return (
    <svg
      viewBox="0 0 44 44"
      width="44"
      height="44"
      aria-hidden="true"
      className="size-11"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <circle
        cx="22"
        cy="22"
        r={progress === 'here' ? 20 : 18}
        strokeWidth={progress === 'here' ? 3 : 2}
        strokeDasharray={progress === 'ahead' ? '4 3' : undefined}
        className={styles[progress].disc}
      />
      <path
        d={glyphs[glyph]}
        transform="translate(10 10)"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={styles[progress].ink}
      />
    </svg>
  )
}
