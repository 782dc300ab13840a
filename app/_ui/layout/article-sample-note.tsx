import { Notice } from '#ui/layout/notice'

/** Restrained, but not to be overlooked by the one it is meant for: whoever runs this site. */
export function SampleNote() {
  return (
    <Notice title="Sample text">
      <p className="text-base">
        This page describes how the site works as delivered. It is sample text, not legal advice; the operator
        should have counsel review it before launch.
      </p>
    </Notice>
  )
}
