import { Notice } from '#ui/notice'

/** Restrained, but not to be overlooked by the one it is meant for: whoever runs this site. */
export function SampleNote() {
  return (
    <Notice title="A plain sample">
      <p className="text-base">
        This text describes how the site behaves as delivered. It is a sample and not legal advice: whoever
        runs the site has it read by counsel before launch.
      </p>
    </Notice>
  )
}
