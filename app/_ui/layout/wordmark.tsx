/**
 * The logo: five vertebrae that are also bars of a chart; the middle one is highlighted. The letters are paths, so that
 * the name looks the same everywhere.
 */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 28" width="24" height="28" aria-hidden="true" className={className}>
      {bars.map(([x, y, width, tracked]) => (
        <rect
          key={y}
          x={x}
          y={y}
          width={width}
          height="4"
          rx="2"
          className={tracked ? 'fill-ochre' : 'fill-accent'}
        />
      ))}
    </svg>
  )
}

/** The vertebrae on a grid of 24 by 28: x, y, width, and whether it is the one being tracked. */
export const bars: readonly (readonly [x: number, y: number, width: number, tracked?: true])[] = [
  [8.5, 1, 9],
  [5, 6.5, 11.5],
  [3.5, 12, 14, true],
  [5, 17.5, 16],
  [4.5, 23, 18.5],
]

/** The letters as strokes of width 2.5, in the viewBox "-1 2 117 22". */
export const letters = [
  'M1 5H14M7.5 5V22',
  'M17.5 22V10M17.5 16C17.5 12.3 19.6 10.1 23 10.1',
  'M36.5 16A6 6 0 1 1 24.5 16A6 6 0 1 1 36.5 16M36.5 10V22',
  'M50.3 11.7A6 6 0 1 0 50.3 20.3',
  'M54.5 4V22M63 10L54.8 17.2M57.6 14.8L63.6 22',
  'M77.4 8.4C76.4 6.2 74.4 5 71.9 5C68.8 5 66.6 6.8 66.6 9.2C66.6 12 69 12.8 72.2 13.4C75.6 14 78 15 78 17.8C78 20.4 75.6 22 72.3 22C69.3 22 67.1 20.7 66 18.3',
  'M83.5 5.5V18.2C83.5 20.7 84.8 22 87.2 22H88.4M80.6 10H88.2',
  'M103 16A6 6 0 1 1 91 16A6 6 0 1 1 103 16M103 10V22',
  'M109 5.5V18.2C109 20.7 110.3 22 112.7 22H113.9M106.1 10H113.7',
]

/** The mark and the drawn name. Hidden from screen readers: the link or heading around it has the name as text. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2">
      <LogoMark className="h-7 w-6" />
      <svg
        viewBox="-1 2 117 22"
        width="117"
        height="22"
        aria-hidden="true"
        className="h-[1.375rem] w-[7.3125rem]"
      >
        <path
          d={letters.join('')}
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  )
}
