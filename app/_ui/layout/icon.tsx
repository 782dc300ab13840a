type Drawing = {
  paths: readonly string[]
  circle?: readonly [cx: number, cy: number, r: number]
  frame?: true
}

/** Drawings on a grid of 24 by 24. `frame`: the outline of an envelope or card. */
const drawings = {
  alert: { paths: ['M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2Z', 'M12 7.5v5.5M12 16.4v.1'] },
  info: { circle: [12, 12, 9], paths: ['M12 11v5.5M12 7.6v.1'] },
  tick: { circle: [12, 12, 9], paths: ['M7.8 12.4l2.9 2.9 5.6-6'] },
  phone: {
    paths: [
      'M5 3.5h3.6l1.7 4.6-2.3 1.6a12.5 12.5 0 0 0 6.3 6.3l1.6-2.3 4.6 1.7V19a1.8 1.8 0 0 1-1.9 1.8A16.2 16.2 0 0 1 3.2 5.4 1.8 1.8 0 0 1 5 3.5Z',
    ],
  },
  chevron: { paths: ['M6 9l6 6 6-6'] },
  mail: { frame: true, paths: ['M3.5 7l8.5 6.2L20.5 7'] },
  card: {
    frame: true,
    circle: [8.8, 10.6, 1.9],
    paths: ['M5.8 15.8c.5-1.6 1.6-2.3 3-2.3s2.5.7 3 2.3M14.5 10h3.5M14.5 14h3.5'],
  },
  place: {
    circle: [12, 9.9, 2.3],
    paths: ['M12 21.3c4.4-4.8 6.6-8.4 6.6-11.3a6.6 6.6 0 1 0-13.2 0c0 2.9 2.2 6.5 6.6 11.3Z'],
  },
} as const satisfies Record<string, Drawing>

/**
 * A 24 by 24 icon, always beside text with the same meaning, so hidden from screen readers. Width and height are
 * attributes, because without CSS it would fill the page.
 */
export function Icon({ name, className }: { name: keyof typeof drawings; className: string }) {
  const { paths, circle, frame }: Drawing = drawings[name]
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {frame && <rect x="3" y="5" width="18" height="14" rx="2" />}
      {circle && <circle cx={circle[0]} cy={circle[1]} r={circle[2]} />}
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
