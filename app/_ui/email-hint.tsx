import { Notice } from '#ui/notice'

/** Asks about an address that looks mistyped, after the fact; nothing is shown where none does. */
export function EmailHint({ suggestion, again }: { suggestion?: string; again: string }) {
  if (!suggestion) return null
  return (
    <Notice title={`Did you mean ${suggestion}?`}>
      <p>
        If you mistyped your address, our answer cannot reach you.{' '}
        <a href={again} className="link font-semibold">
          Fill out the form again
        </a>{' '}
        with the right one. If the address is right as it is, there is nothing to do.
      </p>
    </Notice>
  )
}
