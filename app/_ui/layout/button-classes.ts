const SHAPE =
  'inline-flex min-h-12 items-center justify-center gap-2 rounded-control px-5 py-2.5 text-center font-semibold'
const KINDS = {
  // With forced colors the background is removed, and this border becomes visible.
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border border-control bg-surface text-ink hover:border-ink hover:bg-sunken',
}
const WAITING = 'aria-disabled:cursor-progress aria-disabled:opacity-80'

export type ButtonKind = keyof typeof KINDS

/** The classes of a button, also for HTML that is not rendered by React. */
export const buttonClasses = (kind: ButtonKind): string => `${linkClasses(kind)} ${WAITING} cursor-pointer`

/** The classes of a link that looks like a button. */
export const linkClasses = (kind: ButtonKind): string => `${SHAPE} ${KINDS[kind]}`
