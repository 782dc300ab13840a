import type { ReactNode } from 'react'

/**
 * Runs while the page is read, before anything is painted, so nothing moves. Inline, because a file would come too late;
 * where scripts are off, the fields stay in view. `server/static-pages.ts` keeps what says `data-kept`.
 */
const CLOSE = 'document.currentScript.parentNode.open=false'

/**
 * Optional fields, folded by script.
 * @param closes whether the page may run the line: a page that is rendered per request allows no inline script
 */
export function Fold({ closes, children }: { closes: boolean; children: ReactNode }) {
  return (
    // The script has changed `open` when React compares it.
    <details open suppressHydrationWarning className="rounded-control border border-line px-4 open:pb-6">
      <summary className="cursor-pointer py-3 font-semibold text-accent">
        Add details<span className="font-normal text-muted"> (optional)</span>
      </summary>
      <div className="mt-2 space-y-6">{children}</div>
      {closes && <script data-kept>{CLOSE}</script>}
    </details>
  )
}

/** Opens the folded fields of a page if one is filled in or wrong: an answer, or an error, must not be hidden. */
export function openFold(wrong: object = {}): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('details [name]'))
    if (field.name in wrong || (field.type === 'checkbox' ? field.checked : field.value))
      field.closest('details')?.setAttribute('open', '')
}
