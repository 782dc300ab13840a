import type { CSSProperties, ReactNode } from 'react'
import { colorsOf, paint, type Role } from '#emails/palette'

/**
 * A role's colors for a table cell or a table: Outlook for Windows draws with Word, which is sure to color and size only
 * those, and best by attributes.
 */
export function paintCell(role: Role, style: CSSProperties = {}, classes = '') {
  return { ...paint(role, style, classes), bgcolor: colorsOf(role, 'light').backgroundColor }
}

type BlockProps = {
  tone: Role
  /** Pixels of space above; a cell, because Word ignores margins of tables. */
  gap?: number
  /** As wide as the mail; else as its text. */
  wide?: boolean
  /** Of the table. */
  className?: string
  /** Of the cell. */
  style: CSSProperties
  dir?: 'auto'
  children: ReactNode
}

/** A table row of empty space, in pixels. Word gives a line to an empty cell, unless its text has no size. */
export function GapRow({ height }: { height: number }) {
  return (
    <tr>
      <td height={height} style={{ height, fontSize: 0, lineHeight: `${height}px` }} />
    </tr>
  )
}

/** A colored block. */
export function Block({ tone, gap, wide, className, style, dir, children }: BlockProps) {
  const table = { borderCollapse: 'separate' as const }
  return (
    <table
      role="presentation"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      width={wide ? '100%' : undefined}
      className={className}
      style={table}
    >
      <tbody>
        {gap !== undefined && <GapRow height={gap} />}
        <tr>
          <td dir={dir} {...paintCell(tone, style)}>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  )
}
