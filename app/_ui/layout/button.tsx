import type { ComponentProps } from 'react'

const shape =
  'inline-flex min-h-12 items-center justify-center gap-2 rounded-control px-5 py-2.5 text-center font-semibold'
const kinds = {
  // With forced colors the background is removed, and this border becomes visible.
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border border-control bg-surface text-ink hover:border-ink hover:bg-sunken',
}
const waiting = 'aria-disabled:cursor-progress aria-disabled:opacity-80'

type Kind = { kind?: keyof typeof kinds }

/** The classes of a button, for HTML that is not rendered by React. */
export function buttonClasses(kind: keyof typeof kinds): string {
  return `${shape} ${kinds[kind]} ${waiting} cursor-pointer`
}

/** A button of a form. To disable it use `aria-disabled`: `disabled` would lose the focus. */
export function Button({ kind = 'primary', className = '', ...rest }: ComponentProps<'button'> & Kind) {
  return <button className={`${buttonClasses(kind)} ${className}`} {...rest} />
}

/** A link that looks like a button: the next step of a page. */
export function ButtonLink({
  kind = 'primary',
  className = '',
  children,
  ...rest
}: ComponentProps<'a'> & Kind) {
  return (
    <a className={`${shape} ${kinds[kind]} no-underline ${className}`} {...rest}>
      {children}
    </a>
  )
}
