import type { ReactNode } from 'react'

type Props = {
  /** What it is called, and what it shows, for those who do not see it. */
  name: string
  description: string
  /** Of the drawing, in its own units: text in it is 13, and 15.5 on a telephone. */
  height: number
  caption: ReactNode
  children: ReactNode
}

/**
 * A drawing of our own, 340 units wide. On a telephone that is less than 340 px, so its text is drawn larger
 * there: 13 px and more from 360 px on. Drawn in the colours of the theme, which are light, dark, forced or those of paper.
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
