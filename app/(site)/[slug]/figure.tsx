import type { ReactNode } from 'react'

type Props = {
  /** Its accessible name and description. */
  name: string
  description: string
  /** In the drawing's units. Its text is 13 units high, 15.5 on phones. */
  height: number
  caption: ReactNode
  children: ReactNode
}

/**
 * An SVG drawing, 340 units wide. Phones show it narrower than 340 px, so its text is larger there: at least 13 px on a
 * screen of 360 px. It uses the theme's colors: light, dark, forced or print.
 */
export function Figure({ name, description, height, caption, children }: Props) {
  const id = `figure-${name.toLowerCase().replace(/\W+/g, '-')}`
  return (
    <figure className="figure rounded-card border border-line bg-surface p-3 sm:p-5">
      <svg
        viewBox={`0 0 340 ${height}`}
        width="340"
        height={height}
        role="img"
        aria-labelledby={`${id}-name ${id}-description`}
        className="mx-auto block h-auto w-full max-w-[32rem] text-[13px] max-[28rem]:text-[15.5px]"
      >
        <title id={`${id}-name`}>{name}</title>
        <desc id={`${id}-description`}>{description}</desc>
        {children}
      </svg>
      <figcaption className="mt-3">{caption}</figcaption>
    </figure>
  )
}
