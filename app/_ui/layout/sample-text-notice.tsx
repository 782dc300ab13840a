import { Notice } from '#ui/layout/notice'

/** Tells the operator of this site that a page is a sample. */
export function SampleTextNotice() {
  return (
    <Notice title="Sample text">
      <p className="text-base">
        This page describes how the site works as delivered. It is sample text, not legal advice; the operator
        should have counsel review it before launch.
      </p>
    </Notice>
  )
}
