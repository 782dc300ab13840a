import type { ComponentProps } from 'react'
import { type ButtonKind, buttonClasses, linkClasses } from '#app/_ui/layout/button-classes'

type Kind = { kind?: ButtonKind }

/** A button of a form. To disable it use `aria-disabled`: `disabled` would lose the focus. */
export function Button({ kind = 'primary', ...rest }: ComponentProps<'button'> & Kind) {
  return <button className={buttonClasses(kind)} {...rest} />
}

/** A link that looks like a button: the next step of a page. */
export function ButtonLink({
  kind = 'primary',
  className = '',
  children,
  ...rest
}: ComponentProps<'a'> & Kind) {
  return (
    <a className={`${linkClasses(kind)} no-underline ${className}`} {...rest}>
      {children}
    </a>
  )
}
