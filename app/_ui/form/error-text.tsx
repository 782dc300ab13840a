import { Icon } from '#ui/layout/icon'

/** The icon and text of an error at a field. Screen readers hear "Error" before it. */
export function ErrorText({ error }: { error: string }) {
  return (
    <>
      <Icon name="alert" className="mt-0.5 size-5 shrink-0" />
      <span>
        <span className="sr-only">Error: </span>
        {error}
      </span>
    </>
  )
}
