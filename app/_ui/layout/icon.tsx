/** Paths on a grid of 24 by 24, and a circle by its center and radius. */
export type Drawing = { paths: readonly string[]; circle?: readonly [cx: number, cy: number, r: number] }

/** Only what forms need is here: each drawing is part of the script of every form. */
const drawings = {
  alert: { paths: ['M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2Z', 'M12 7.5v5.5M12 16.4v.1'] },
  info: { circle: [12, 12, 9], paths: ['M12 11v5.5M12 7.6v.1'] },
  tick: { circle: [12, 12, 9], paths: ['M7.8 12.4l2.9 2.9 5.6-6'] },
} as const satisfies Record<string, Drawing>

/**
 * A 24 by 24 icon, always beside text with the same meaning, so hidden from screen readers. Width and height are
 * attributes, because without CSS it would fill the page.
 */
export function Icon({ name, className }: { name: keyof typeof drawings | Drawing; className: string }) {
  const { paths, circle }: Drawing = typeof name === 'string' ? drawings[name] : name
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
      {circle && <circle cx={circle[0]} cy={circle[1]} r={circle[2]} />}
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
