import { Notice } from '#ui/layout/notice'

/**
 * After a submission: asks about an address that looks mistyped.
 * @param again where to correct it: a form's page, or `#` and a field of this page
 */
export function EmailHint({ suggestion, again }: { suggestion?: string; again: string }) {
  if (!suggestion) return null
  return (
    <Notice title={`Did you mean ${suggestion}?`}>
      <p>
        If you mistyped your address, our email won’t reach you.{' '}
        <a href={again} className="link font-semibold">
          {again.startsWith('#') ? 'Correct your address' : 'Fill out the form again'}
        </a>
        . If it is right, there is nothing to do.
      </p>
    </Notice>
  )
}
