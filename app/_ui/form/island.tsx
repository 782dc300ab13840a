import { hydrateRoot } from 'react-dom/client'
import type { FormName } from '#lib/forms/forms'
import { SubmissionForm } from './enhanced-form'
import { keepTyped } from './keep-typed'
import { loadValidation } from './resolver'

/**
 * The script of a prerendered page's forms: hydrates each form alone, so that a change elsewhere on the page does no harm
 * and Next's script is not needed. `server/islands.ts` bundles it and adds it to the pages.
 */
keepTyped()
for (const island of document.querySelectorAll<HTMLElement>('[data-island]')) {
  // React reports a form that an extension has changed, and then renders it again, which is what should happen.
  hydrateRoot(island, <SubmissionForm form={island.dataset.island as FormName} />, {
    onRecoverableError: () => {},
  })
  if (island.contains(document.activeElement)) void loadValidation()
}
